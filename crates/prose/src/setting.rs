//! Where a numeral stands: in a heading, a name, a rank or a set phrase.

use figure::{Class, Decimal};

use crate::bound;
use crate::claim;
use crate::cues::Cues;
use crate::numeral::half_width;
use crate::scan;
use crate::scan::{Figure, is_numeral};
use crate::text::Text;
use crate::words;

mod chinese;
mod name;

use chinese::chinese_counts;
use name::{is_code, is_named, is_round_the_clock};

/// Longest quotation that is looked at; a lost closing mark must not swallow
/// the rest of the text.
const QUOTE: usize = 40;

/// How far a rule looks ahead inside a clause.
const REACH: usize = 24;

/// The end of a quotation that begins at a position.
pub(crate) fn quote_end(text: &Text<'_>, i: usize) -> Option<usize> {
    (i + 1..i + QUOTE).find(|&k| text.at(k) == '”')
}

/// After the number of a heading or list entry: 一、 (二) 3. 一是 其一.
pub(crate) fn enumeration(text: &Text<'_>, i: usize) -> Option<usize> {
    let end = (i..).find(|&k| !is_numeral(text.at(k)))?;
    let (first, after) = (text.before(i), text.at(end));
    let arabic = text.at(i).is_ascii_digit();
    if end - i > 3 {
        return None;
    }
    let line_start = first == '\n'
        || (i >= 2 && first == ' ' && text.before(i - 1) == '\n')
        || first == '\u{3000}';
    let clause_start = line_start
        || matches!(
            first,
            '。' | '；' | ';' | '：' | ':' | ',' | '，' | '.' | '!' | '！' | '”' | ' '
        );
    let bracketed = matches!(first, '(' | '（') && matches!(after, ')' | '）');
    // 4、2023年: the year begins the words of the entry.
    let year = after == '、'
        && (end + 1..end + 5).all(|k| text.at(k).is_ascii_digit())
        && text.at(end + 5) == '年';
    let listed = line_start
        && matches!(after, '、' | '.' | '．' | ')' | '）')
        && (!text.at(end + 1).is_ascii_digit() || year);
    // 完成8亿元。 2、招商引资: an entry in the middle of a line.
    let entry = arabic
        && matches!(after, '、' | '.' | '．')
        && !text.at(end + 1).is_ascii_digit()
        && (matches!(first, '。' | '；' | '：' | ';' | ':')
            || (first == ' ' && matches!(text.before(i - 1), '。' | '；' | '：' | ';' | ':')));
    let said = !arabic && clause_start && (after == '是' || (after == '、' && line_start));
    let further = !arabic && first == '其' && (line_start || text.before(i - 1) != '尤');
    let series =
        !arabic && after == '是' && text.any_at(end + 1, &["要", "抓", "强", "持", "加"]).is_some();
    (bracketed || listed || entry || said || series || (further && matches!(after, ',' | '，')))
        .then_some(end)
}

/// 多个, 几个, 多元化: a number that is not named.
pub(crate) fn is_vague(text: &Text<'_>, i: usize) -> bool {
    let vague = [
        "个", "项", "种", "元", "样", "名", "条", "次", "处", "位", "家", "场", "类", "批", "起",
        "方",
    ];
    let more = text.at(i) == '多' && matches!(text.before(i), '更' | '许' | '众');
    (more || text.any_at(i + 1, &vague).is_some()) && !is_numeral(text.before(i))
}

/// Whether 第N stands in a ranking: after a field of comparison or a verb of
/// ranking, and at the end of its clause.
/// 第N位 is one at the end of its clause or where it moves: 第15位上升至第8位.
pub(crate) fn is_ranking(text: &Text<'_>, i: usize, after: usize) -> bool {
    const MOVES: &[&str] = &[
        "上升", "提升", "提高", "升至", "升到", "跃升", "跃居", "跃至", "前移", "前进", "进位",
        "下降", "降至", "降到", "退至", "退居", "下滑", "滑落", "到第", "至第",
    ];
    let position = matches!(text.before(after), '位' | '名');
    let ends = !words::goes_on(text.at(after))
        || text.any_at(after, &["的", "和", "并", "且"]).is_some()
        || (position && text.any_at(after, MOVES).is_some());
    if ends && position && text.at(after) != '的' {
        return true;
    }
    let verbs = ["排名", "位列", "位居", "名列", "排在", "居", "列", "排", "荣获", "获"];
    let field = i > 0 && "县市省区国镇乡州盟旗系统内村".contains(text.before(i));
    let from = i.saturating_sub(8);
    let named = verbs.iter().any(|verb| text.slice(from, i).contains(verb));
    ends && (field || named)
}

/// The end of 首位 or 榜首 where a verb of ranking stands before it: 增量居全县首位. 摆在首位
/// is a way to speak.
pub(crate) fn leads(text: &Text<'_>, i: usize) -> Option<usize> {
    if !matches!(text.at(i), '首' | '榜') {
        return None;
    }
    let end = i + text.any_at(i, &["首位", "榜首"])?;
    let from = claim::clause_start(text, i, 12);
    let before = text.slice(from, i);
    let ranked =
        ["居", "位列", "名列", "排名", "排在", "登上", "跃升", "保持全", "保持在全"].iter();
    let way = ["摆在", "放在", "摆到", "置于"].iter();
    let said = ranked.into_iter().any(|verb| before.contains(verb));
    (said && !way.into_iter().any(|verb| before.contains(verb))).then_some(end)
}

/// 全市唯一的…: one of its kind in a place.
pub(crate) fn unique(text: &Text<'_>, i: usize) -> Option<Figure> {
    const FIELDS: &[&str] =
        &["全国", "全省", "全市", "全县", "全区", "全州", "全镇", "全乡", "省内", "市内", "县内"];
    if text.at(i) != '唯' {
        return None;
    }
    let only = text.any_at(i, &["唯一"])?;
    text.any_before(i, FIELDS)?;
    let named = Text::new("1个");
    let one = scan::figure_at(&named, 0, &Cues::default())?;
    Some(Figure { start: i, end: i + only, ..one })
}

/// The month for which something is announced: 预计在12月份开工.
pub(crate) fn foreseen_month(text: &Text<'_>, i: usize) -> Option<Figure> {
    const ANNOUNCED: &[&str] = &["预计在", "预计于", "计划于", "计划在", "拟于", "拟在", "将于"];
    text.any_before(i, ANNOUNCED)?;
    let figure = scan::figure_at(text, i, &Cues::default())?;
    let month = figure.unit_text == "月" && figure.high.is_none();
    // 12月5日 is a day.
    let tail = text.any_at(figure.end, &["份"]).unwrap_or(0);
    let day = is_numeral(text.at(figure.end));
    (month && !day).then(|| Figure { end: figure.end + tail, ..figure })
}

/// Marks between the members of a ratio.
const RATIO: &str = ":：︰∶";

/// Whether a number is a member of a ratio: 调整为11:65:24. A time (8:30) is none.
pub(crate) fn is_ratio(text: &Text<'_>, figure: &Figure) -> bool {
    let inner = |c: char| half_width(c).is_ascii_digit() || c == '.' || RATIO.contains(c);
    if !figure.unit_text.is_empty() {
        return false;
    }
    let mut start = figure.start;
    while start > 0 && figure.start - start < 40 && inner(text.before(start)) {
        start -= 1;
    }
    let end = (figure.end..figure.end + 40).find(|&k| !inner(text.at(k))).unwrap_or(figure.end);
    let chain = text.slice(start, end);
    let members = chain.split(|c| RATIO.contains(c)).filter(|part| !part.is_empty()).count();
    let near = text.slice(start.saturating_sub(12), start);
    let compared = ["比", "结构", "调整", "优化"].iter().any(|word| near.contains(word));
    (members > 2 && (compared || !is_time(chain)))
        || (members == 2 && (near.contains('比') || near.contains("结构")))
}

/// Whether a chain of numbers is a time of day: 09:45:30.
fn is_time(chain: &str) -> bool {
    let parts: Vec<&str> = chain.split(':').collect();
    let pair = |part: &&str| part.len() == 2 && part.bytes().all(|b| b.is_ascii_digit());
    let hour = parts[0].len() <= 2 && parts[0].parse().is_ok_and(|hour: u8| hour < 24);
    parts.len() > 1 && hour && parts[1..].iter().all(|part| pair(part) && *part < "60")
}

/// Whether a number counts or measures something, and is not a part of a name,
/// a slogan, a size class or a set phrase.
pub(crate) fn counts(text: &Text<'_>, figure: &Figure, quoted: bool) -> bool {
    let size = figure.bare && !bound::is_measured(text, figure);
    if size || is_size_class(text, figure) || is_class(text, figure) || is_capacity(text, figure) {
        return false;
    }
    // 每10万人 says of how many one speaks.
    if follows_order(text, figure.start) || (text.before(figure.start) == '每' && !figure.chinese)
    {
        return false;
    }
    if figure.chinese {
        chinese_counts(text, figure, quoted)
    } else {
        arabic_counts(text, figure, quoted)
    }
}

/// Whether a number goes on with a list that 第 begins: 第一、二批, 第3、4中队.
fn follows_order(text: &Text<'_>, i: usize) -> bool {
    if !matches!(text.before(i), '、' | '和' | '至' | '—' | '-') {
        return false;
    }
    let part =
        |k: usize| is_numeral(text.at(k)) || matches!(text.at(k), '、' | '和' | '至' | '—' | '-');
    let from = i.saturating_sub(REACH);
    let start = (from..i).rev().find(|&k| !part(k));
    start.is_some_and(|k| text.at(k) == '第')
}

/// Size classes of projects: 10—500万元项目, 500万元以上项目.
fn is_size_class(text: &Text<'_>, figure: &Figure) -> bool {
    let money = figure.unit.is_some_and(|u| u.class() == Class::Money);
    let above = text.any_at(figure.end, &["及以上", "以上", "以下", "以内"]);
    let class = figure.high.is_some() || above.is_some() || figure.bare;
    let from = figure.end + above.unwrap_or(0);
    let end = (from..from + CLASS).find(|&k| !words::goes_on(text.at(k))).unwrap_or(from + CLASS);
    let noun = text.slice(from, end.min(text.len()));
    money && class && ["项目", "企业", "工程"].iter().any(|word| noun.contains(word))
}

/// Words that make a bound what is stated and not a class: 均达到30万元以上.
const REACHED: &[&str] =
    &["达", "达到", "超过", "突破", "在", "增长", "提高到", "提升到", "不少于"];

/// A class that something is counted in: 35岁以下441名, 10—15万元的村3个.
fn is_class(text: &Text<'_>, figure: &Figure) -> bool {
    let above = text.any_at(figure.end, &["及以上", "以上", "及以下", "以下", "以内"]);
    let age = matches!(figure.unit_text.as_str(), "岁" | "周岁");
    if above.is_none() && figure.high.is_none() && !age {
        return false;
    }
    if text.any_before(figure.start, REACHED).is_some() {
        return false;
    }
    let from = figure.end + above.unwrap_or(0);
    let end = (from..from + CLASS)
        .find(|&k| !words::goes_on(text.at(k)) && !matches!(text.at(k), '“' | '”' | '、'));
    let rest = text.slice(from, end.unwrap_or(from + CLASS).min(text.len()));
    // 由49岁降至43岁 moves an age.
    let moved = rest.starts_with(['降', '升', '提', '增', '下', '上', '延', '到', '至', '减']);
    let counted = rest.contains(|c: char| c.is_ascii_digit()) && !moved;
    let grouped = rest.starts_with(GROUPED)
        || (above.is_some() && rest.starts_with(|c: char| c.is_ascii_digit()));
    // 30户以上各自然村: each of those that are so large.
    let each = above.is_some() && text.at(from) == '各';
    // 10万元以下薄弱村 are those that earn so little.
    let weak = ["薄弱村", "空壳村", "集体经济"].iter().any(|noun| rest.starts_with(noun));
    each || weak
        || (figure.bare && above.is_some() && counted)
        || (age && (above.is_some() || figure.high.is_some()) && !rest.is_empty())
        || (counted && (grouped || age))
}

/// What the members of a class are called: 20户以上自然村, 50头以上养殖场.
const GROUPED: &[char] = &[
    '的', '村', '户', '企', '项', '人', '老', '党', '干', '群', '学', '自', '大', '种', '养', '规',
    '路', '园', '客',
];

/// How far the noun of a class is looked for.
const CLASS: usize = 12;

/// The capacity in the name of a works: 年产40万吨…项目, 20万头…养殖基地.
fn is_capacity(text: &Text<'_>, figure: &Figure) -> bool {
    const YEARLY: &[&str] =
        &["年产", "年出栏", "年加工", "年处理", "日产", "日处理", "日加工", "年存栏"];
    let Some(unit) = figure.unit else { return false };
    let yearly = text.any_before(figure.start, YEARLY).is_some();
    let animals = matches!(unit.base_symbol(), "头" | "羽");
    if !yearly && !animals {
        return false;
    }
    let stop = |c: char| !words::goes_on(c) || c.is_ascii_digit();
    let end =
        (figure.end..figure.end + REACH).find(|&k| stop(text.at(k))).unwrap_or(figure.end + REACH);
    let tail = text.slice(figure.end, end.min(text.len()));
    let works = ["项目", "生产线", "养殖基地", "养殖场", "加工厂", "工程"];
    works.iter().any(|noun| tail.contains(noun))
}

fn arabic_counts(text: &Text<'_>, figure: &Figure, quoted: bool) -> bool {
    if is_code(text, figure) {
        return false;
    }
    let symbol = figure.unit.map(|unit| unit.base_symbol());
    // 111月 is a date that lost its mark, and 90年代 no length of time.
    let months = symbol == Some("月") && figure.value > Decimal::from(12);
    let decade = symbol == Some("年") && text.at(figure.end) == '代';
    // 50多年前, 20余年来 say when.
    let when =
        symbol == Some("年") && figure.mark.is_some() && matches!(text.at(figure.end), '前' | '来');
    if months || decade || when || (symbol == Some("日") && !is_duration(text, figure)) {
        return false;
    }
    if figure.unit_text.is_empty() && !is_ratio(text, figure) {
        let (before, after) = (text.before(figure.start), text.at(figure.end));
        let sum = (after == '+' && text.at(figure.end + 1).is_ascii_digit())
            || (before == '+' && figure.start > 1 && text.at(figure.start - 2).is_ascii_digit());
        if sum || is_named(text, figure, quoted) {
            return false;
        }
    }
    if let Some(unit) = figure.unit {
        // 75周年, 5年过渡期: a length of years is mostly part of a name.
        return unit.class() != Class::Years
            || is_stated(text, figure.start)
            || figure.mark.is_some()
            || figure.value.scale() > 0;
    }
    figure.unit_text != "千伏" && !is_round_the_clock(text, figure)
}

/// Whether days are a length of time and no date: 历时15日, 30日内. 20151231日 is a date that
/// lost its marks.
fn is_duration(text: &Text<'_>, figure: &Figure) -> bool {
    const LASTING: &[&str] =
        &["历时", "为期", "耗时", "用时", "连续", "共", "每", "仅", "提前", "推迟", "延长", "缩短"];
    figure.value < Decimal::ONE_THOUSAND
        && (text.any_before(figure.start, LASTING).is_some()
            || figure.value > Decimal::from(31)
            || text.any_at(figure.end, &["内", "以内", "之内", "以上", "/"]).is_some())
}

/// Whether the words before expect a number: 达5年, 缩短为3年, 历时2年.
fn is_stated(text: &Text<'_>, i: usize) -> bool {
    const LASTING: &[&str] = &["历时", "用时", "耗时", "为期", "延长", "提前", "仅用", "推迟"];
    text.any_before(i, LASTING).is_some()
        || text.ends(i, "超过")
        || matches!(text.before(i), '达' | '为' | '至' | '到' | '短' | '长' | '少')
}
