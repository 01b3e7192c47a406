//! Numbers whose unit the words leave out: 12村, 13万贫困人口, 投资4.9个亿.

use figure::{Decimal, Unit};

use super::Figure;
use crate::manner::MarkPlace;
use crate::text::Text;
use crate::words;

/// What Arabic digits count without a counter, and the characters that make it the beginning
/// of another word: 12村, 7县, 36车, and not 3村委会, 5种植.
const COUNTED: &[(&str, &str)] = &[
    ("街道", ""),
    ("社区", ""),
    ("村", "道级长委域内"),
    ("乡", "道级长村域"),
    ("镇", "级长域区"),
    ("县", "道级长域城区"),
    ("市", "级长场民政委区县域直管"),
    ("州", "级长府"),
    ("旗", "级下帜县舰"),
    ("省", "道级长"),
    ("国", "道家际有内税土考企网防"),
    ("校", "长园内外区级"),
    ("企", "业"),
    (
        "分",
        "公局会别布类管享红批步级成期组队散解析钟之支店校厂房院园离行明化界工流段米贝子社册析厘馆区辨秒销",
    ),
    ("部门", ""),
    ("群", "众岛体"),
    ("级", "联别书"),
    ("类", "似别型同"),
    ("单", "位元价独"),
    ("字", "第号"),
    ("段", ""),
    ("班", "子长主车"),
    ("环", "境节保"),
    ("节", "能水约点日省气"),
    ("封", "闭山育控存顶堵"),
    ("步", "道行入伐骤"),
    ("男", "性"),
    ("女", "性童"),
    ("大", "约概于小量会学专型队洋户批规"),
    ("金", "融额属"),
    ("银", "行"),
    ("铜", ""),
    ("车", "次道辆间站"),
    ("种", "植子养类粮田业"),
    ("担", "当任负保"),
    ("道", "路德理"),
    ("店", ""),
    ("面", "积临向对貌粉包条试"),
];

/// The thing that Arabic digits count.
pub(super) fn counted_at(text: &Text<'_>, at: usize, figure: &Figure) -> Option<usize> {
    let found = COUNTED.iter().find(|(noun, _)| text.has(at, noun)).filter(|_| !figure.chinese);
    let (noun, other) = found?;
    let end = at + noun.chars().count();
    (!other.contains(text.at(end)) || text.at(end) == '\n').then(|| noun.chars().count())
}

/// People that a number may count without a counter, at the end of their name.
const PEOPLE: &[&str] = &[
    "人口",
    "老人",
    "群众",
    "居民",
    "职工",
    "农民",
    "学生",
    "党员",
    "儿童",
    "人员",
    "干部",
    "村民",
    "游客",
    "师生",
    "用户",
    "选民",
    "志愿者",
    "劳动力",
    "妇女",
    "残疾人",
    "婴幼儿",
    "幼儿",
    "青年",
    "青少年",
    "儿女",
    "人民",
    "考生",
    "教师",
    "工人",
    "毕业生",
    "旅客",
    "乘客",
    "观众",
    "市民",
    "患者",
    "军人",
    "移民",
    "乡亲",
    "百姓",
    "孤儿",
    "消费者",
    "会员",
    "队员",
    "劳力",
    "大军",
    "监测对象",
    "民众",
    "爱好者",
    "孕产妇",
    "参保人",
];

/// Households that a number may count without a counter.
const HOUSEHOLDS: &[&str] =
    &["贫困户", "农户", "脱贫户", "低保户", "家庭", "困难户", "商户", "住户", "养殖户", "种植户"];

/// How far the name of people is looked for.
const NAME: usize = 12;

/// The unit of the people or households whose name stands right behind a number with a size
/// or 余.
pub(super) fn people_follow(text: &Text<'_>, at: usize, figure: &Figure) -> Option<&'static str> {
    let sized = figure.mark.is_some() || at > figure.end;
    // 贫困人口由750万减少到272万: the people stand before.
    let before = text.slice(figure.start.saturating_sub(24), figure.start);
    let sentence = before.rsplit(['。', '；', ';', '\n']).next().unwrap_or("");
    let moved =
        text.any_at(at, &["减少", "下降", "增加", "增长", "、", ",", "，", "。", "；", ";"]);
    let spoken = ["人口", "人数", "人员总数"].iter().any(|word| sentence.contains(word));
    let ends = moved.is_some() || !words::goes_on(text.at(at));
    if at > figure.end && ends && !figure.bare {
        let clause = sentence.rsplit([',', '，', '、']).next().unwrap_or("");
        let visits = clause.contains("人次");
        if visits || spoken {
            return Some(if visits { "人次" } else { "人" });
        }
        if clause.contains("户数") {
            return Some("户");
        }
    }
    let ends = |k: usize| !words::goes_on(text.at(k)) || text.at(k).is_ascii_digit();
    let bound = words::AFTER.iter().find(|(word, _)| text.has(at, word));
    let at = at + bound.map_or(0, |(word, _)| word.chars().count());
    let end = (at..at + NAME).find(|&k| ends(k)).unwrap_or(at + NAME);
    let name = text.slice(at, end.min(text.len()));
    if figure.bare {
        return None;
    }
    let named = |list: &[&str], start: bool| {
        let held = |noun: &&str| if start { name.starts_with(*noun) } else { name.contains(*noun) };
        list.iter().any(held)
    };
    // Without a size the noun itself has to follow: 带动120农户.
    let plain = !sized && !figure.chinese && figure.value > Decimal::ONE;
    match (sized, plain) {
        _ if (sized || plain) && named(HOUSEHOLDS, !sized) => Some("户"),
        (true, _) if named(PEOPLE, false) => Some("人"),
        (_, true) if named(PEOPLE, true) => Some("人"),
        _ => None,
    }
}

/// What money is counted in where 元 is left out: 投资4.9个亿, 入库293万.
const MONEY: &[&str] = &[
    "收入",
    "资金",
    "投资",
    "产值",
    "税收",
    "财税",
    "入库",
    "补助",
    "补贴",
    "贷款",
    "营收",
    "增加值",
    "总额",
    "经费",
    "销售额",
    "金额",
    "利润",
    "债务",
    "存款",
    "捐款",
    "投入",
    "薪资",
    "工资",
    "奖补",
    "支出",
    "成本",
    "余额",
    "集资",
    "筹资",
    "争资",
    "到位",
    "融资",
    "赔偿",
    "款项",
    "货值",
    "造价",
    "GDP",
    "总值",
    "固投",
    "财力",
    "罚款",
    "贴息",
    "资产",
];

/// Reads 个亿, and 万 or 亿 at the end of its clause where the words before it speak of money.
pub(super) fn money_without_yuan(text: &Text<'_>, at: usize, figure: &mut Figure) -> bool {
    let colloquial = text.any_at(at, &["个亿", "个多亿", "多个亿", "余亿", "多亿"]);
    let size = text.any_at(at, &["亿", "万"]);
    let Some(length) = colloquial.or(size) else { return false };
    let end = at + length;
    let moves = [words::UP, words::DOWN].iter().any(|moves| text.any_at(end, moves).is_some());
    let ends = !words::goes_on(text.at(end))
        || moves
        || words::AFTER.iter().any(|(w, _)| text.has(end, w));
    let before = text.slice(figure.start.saturating_sub(10), figure.start);
    let clause = before.rsplit([',', '，', '。', ';', '；', '\n']).next().unwrap_or("");
    let spoken = MONEY.iter().any(|word| clause.contains(word));
    let plain = text.has(at, "个亿") || text.has(at, "个多亿") || text.has(at, "多个亿");
    // 突破百亿大关: what is crossed by hundreds of millions is money.
    let crossed = figure.bare
        && text.before(end) == '亿'
        && text
            .any_before(figure.start, &["突破", "破", "跨越", "迈过", "迈上", "超", "超过"])
            .is_some()
        && (ends || text.any_at(end, &["大关", "台阶", "门槛"]).is_some());
    if !crossed && (!ends || !(spoken || plain)) {
        return false;
    }
    let yuan = if text.before(end) == '亿' { "亿元" } else { "万元" };
    figure.unit = Unit::parse(yuan).ok();
    text.slice(at, end).clone_into(&mut figure.unit_text);
    if figure.unit_text.contains(['多', '余']) {
        figure.mark = Some(('多', MarkPlace::BeforeMagnitude));
    }
    text.slice(figure.end, at).clone_into(&mut figure.gap);
    figure.end = end;
    true
}
