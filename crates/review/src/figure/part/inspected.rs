//! More found faulty than were looked at, and more that did their duty than had one.

use ::figure::{Class, Decimal};

use crate::figure::reading::alike::common;
use crate::figure::reading::number::Number;
use crate::figure::reading::passage::{Passage, has_any};
use crate::figure::reading::role::NO_DUTY;
use crate::finding::Mark;

/// Words for looking at things one by one.
const LOOKED: &[&str] = &[
    "检查", "抽检", "抽查", "排查", "走访", "巡查", "普查", "筛查", "摸排", "检测", "检验", "体检",
    "监测", "回访", "核查", "清查", "暗访", "抽测", "化验", "巡检", "督查", "评查",
];

/// Words for what is found in some of them.
const FOUND: &[&str] = &[
    "发现",
    "查出",
    "检出",
    "查实",
    "存在",
    "不合格",
    "不达标",
    "超标",
    "异常",
    "有问题",
    "不规范",
    "违规",
    "存有",
    "合格",
    "达标",
    "阳性",
    "满意",
];

/// Words for all that can be looked at.
const ALL: &[&str] =
    &["在册", "现有", "共有", "登记", "承办", "受理", "收到", "接到", "在营", "收回", "回收"];

/// What a case, a paper or a place can be only once, whatever it is counted in.
const ONCE: &[&str] = &["满意", "不合格", "合格", "达标", "符合", "立案", "采纳", "有效"];

/// Words for those who try.
const TRYING: &[&str] =
    &["参加", "派出", "报考", "应考", "报名", "参训", "参赛", "参评", "选派", "赴考", "应试"];

/// Words for what some of those who try come to.
const OUTCOME: &[&str] = &[
    "上线",
    "录取",
    "获奖",
    "取证",
    "结业",
    "毕业",
    "通过",
    "领奖台",
    "取得",
    "拿到",
    "获得",
    "过关",
    "晋级",
    "达标",
    "合格",
];

/// Counters of whatever is found, of which one thing may have several.
const GENERAL: &[&str] = &["个", "处", "项", "条", "起", "件", "次", "宗", "例", "点", "场", "份"];

/// Words by which a number is of others than were told before.
const OTHER: &[&str] = &[
    "累计", "历年", "去年", "上年", "往年", "较", "比", "另", "其他", "复查", "新增", "增加", "每",
    "均", "再", "又", "周边", "目标", "计划",
];

fn is_plain(number: &Number) -> bool {
    number.is_amount() && number.is_exact() && !number.unit.is_empty()
}

fn mark(passage: &Passage<'_>, part: &Number, all: &Number) -> Mark {
    let words = |n: &Number| passage.words(n.at.clone());
    let message = format!("部分{}大于总数{}:部分不能多于全部;请核对", words(part), words(all));
    part.mark(passage.paper, message, &[all])
}

/// Whether the one is more than the other, and by no more than a slip of the pen.
fn exceeds(part: &Number, all: &Number, most: Decimal) -> bool {
    part.rounded().low > all.forgiving().high
        && all.value.checked_mul(most).is_some_and(|most| part.value <= most)
}

/// The last number of its kind before a part, with one other between them at most.
fn whole(passage: &Passage<'_>, index: usize) -> Option<usize> {
    let part = &passage.numbers[index];
    let whole = (index.saturating_sub(2)..index)
        .rev()
        .find(|i| passage.numbers[*i].is_kin(part) && passage.numbers[*i].kind == part.kind)?;
    let apart = passage.between(whole, index);
    let near = apart.matches('。').count() <= 1 && !apart.contains([';', '；', '、']);
    let plain = is_plain(part) && is_plain(&passage.numbers[whole]);
    (near && plain).then_some(whole)
}

/// `共检查出租房2380间,发现有电瓶车充电的房间2830间`.
pub(super) fn find(passage: &Passage<'_>, index: usize) -> Option<Mark> {
    let part = &passage.numbers[index];
    let nearest = whole(passage, index)?;
    // 抽查120户,清洁的34户,不达标的131户: what else was found is no whole of it.
    let found =
        has_any(&passage.label(nearest), FOUND) || passage.label(nearest).ends_with(['的', '有']);
    let at = nearest.checked_sub(1).filter(|at| {
        found
            && !has_any(&passage.label(index), &["全年", "合计", "共", "总", "累计"])
            && has_any(&passage.around(*at), LOOKED)
            && passage.numbers[*at].is_kin(part)
    });
    let at = at.unwrap_or(nearest);
    let all = &passage.numbers[at];
    let label = passage.label(index);
    let apart = passage.between(at, index);
    let looked = has_any(&passage.around(at), LOOKED)
        || has_any(&apart, &["一遍", "逐一", "挨个", "逐家", "逐户"])
        || has_any(&passage.label(at), ALL) && has_any(&label, ONCE);
    let told = has_any(&label, FOUND) || has_any(&label, ONCE);
    // 走访中发现 goes on; 检查网吧23家 begins anew.
    let begun = LOOKED.iter().find_map(|word| label.strip_prefix(word));
    let looks_again = begun.is_some_and(|rest| {
        !["中", "时", "过程", "后", "结果"].iter().any(|w| rest.starts_with(w))
    });
    let fits = looked
        && told
        && (!GENERAL.contains(&part.counter.as_str()) || has_any(&label, ONCE))
        && (!part.counter.ends_with('次') || part.is(Class::Batches))
        && exceeds(part, all, Decimal::TWO)
        && !looks_again
        && !has_any(&apart, OTHER)
        && !has_any(&passage.gap(at), &["同比", "上年", "去年", "其中"]);
    fits.then(|| mark(passage, part, all))
}

/// `1846名考生参加高考,本科上线1912人`: no more come through than try.
pub(super) fn came_through(passage: &Passage<'_>, index: usize) -> Option<Mark> {
    let part = &passage.numbers[index];
    let at = whole(passage, index)?;
    let all = &passage.numbers[at];
    // 申报5.2万亩,获批5.8万亩
    let approved = has_any(&passage.gap(at), &["申报", "申请", "报送", "送审"])
        && ["通过认定", "获认定", "通过评审", "通过验收", "获批", "批准", "批复", "核准"]
            .iter()
            .any(|w| passage.label(index).starts_with(w));
    if !approved && !part.is(Class::Persons) {
        return None;
    }
    let (label, apart) = (passage.around(index), passage.between(at, index));
    let clauses = apart.matches([',', '，', '。']).count();
    // Others than those who tried would be named before what they came to.
    let bare = [
        "经考核",
        "经考试",
        "经审核",
        "经评审",
        "经培训",
        "其中",
        "最终",
        "最后",
        "共有",
        "共",
        "已",
        "有",
    ]
    .iter()
    .fold(label.as_str(), |rest, word| rest.strip_prefix(word).unwrap_or(rest));
    let comes = OUTCOME.iter().any(|word| {
        bare.find(word)
            .is_some_and(|at| bare[..at].chars().count() <= 2 && !bare[at..].contains('的'))
    });
    // 站上领奖台的本街道选手有31名 are some of the 选手.
    let of_them = label.split_once('的').is_some_and(|(told, noun)| {
        has_any(told, OUTCOME) && common(noun, &passage.around(at)) >= 2
    });
    let named = of_them || label.ends_with("的有") && has_any(&label, OUTCOME);
    let tried = has_any(&passage.around(at), TRYING) && (comes || named);
    let fits = (tried || approved)
        && clauses <= 2
        && exceeds(part, all, Decimal::new(15, 1))
        && !has_any(&apart, OTHER)
        && !has_any(&passage.around(at), &["未", "没有", "其中", "任务", "次"])
        && !has_any(&label, &["带动", "次", "全县", "全市", "全省", "未"]);
    fits.then(|| mark(passage, part, all))
}

/// `应上报的企业96家,按时上报103家`.
pub(super) fn dutiful(passage: &Passage<'_>, index: usize) -> Option<Mark> {
    /// What is paid is seldom all that is due.
    const PAID: &[&str] = &["应收", "应缴", "应交", "应纳", "应税"];
    let part = &passage.numbers[index];
    let at = whole(passage, index)?;
    let all = &passage.numbers[at];
    let lead =
        NO_DUTY.iter().chain(PAID).fold(passage.gap(at), |lead, word| lead.replace(word, ""));
    let clause = lead.rsplit([',', '，', '。', ';', '；']).next()?;
    let duty: Vec<char> = clause.rsplit_once('应')?.1.chars().take(2).collect();
    let own = passage.around(index);
    let verb: String = duty.iter().collect();
    let real = duty.iter().any(|c| own.contains(&format!("实{c}")));
    let done = duty.len() == 2 && own.contains(&verb) && !own.contains('应');
    let counted = part.class.is_none_or(Class::is_counted);
    let most = Decimal::new(15, 1);
    let fits = (real || done)
        && counted
        && exceeds(part, all, most)
        && !has_any(&passage.between(at, index), OTHER)
        && !has_any(&own, &["未", "没", "补", "超", "自愿", "额外"]);
    fits.then(|| mark(passage, part, all))
}
