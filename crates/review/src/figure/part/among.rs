//! Parts that no 其中 announces: 光是这一段就修了27公里, 享受资助的幼儿260名.

use ::figure::{Class, Decimal};

use crate::figure::part;
use crate::figure::reading::alike::shared;
use crate::figure::reading::passage::{Passage, has_any};
use crate::figure::reading::role::is_distance;
use crate::finding::Mark;

/// Words before a part of what was said right before.
const OF: &[&str] = &[
    "光是",
    "单是",
    "仅仅",
    "单单",
    "仅这",
    "光这",
    "属",
    "当中",
    "里面",
    "里头",
    "之中",
    "内有",
    "中有",
    "中已有",
    "这当中",
    "这里面",
    "含",
    "内含",
    "均在其中",
    "其中",
];

/// Words before all there is.
pub(super) const ALL: &[&str] = &[
    "现有",
    "共有",
    "在册",
    "在园",
    "在校",
    "在职",
    "在岗",
    "辖",
    "常住",
    "总",
    "全镇有",
    "全村有",
    "全乡有",
    "全县有",
    "登记",
    "共",
    "名单",
    "应",
    "摸排",
    "报名",
    "参加",
    "出生",
];

/// A part that is more than the whole before it.
pub(super) fn exceeding(passage: &Passage<'_>, index: usize) -> Option<Mark> {
    let numbers = &passage.numbers;
    let part = &numbers[index];
    // 正增长 and 营养改善计划的 tell what some of them have.
    let label = passage.label(index).replace("正增长", "").replace("计划的", "的");
    let gap = passage.gap(index);
    let whole = (0..index)
        .rev()
        .find(|i| numbers[*i].is_alike(part) && !is_distance(&passage.label(*i)))?;
    let all = &numbers[whole];
    let plain = [all, part].iter().all(|n| !n.unit.is_empty() && n.is_amount());
    let same = (all.unit == part.unit || all.is_kin(part)) && all.kind == part.kind;
    if !plain || !same || part.rounded().low <= all.forgiving().high || index - whole > 2 {
        return None;
    }
    // Behind a semicolon 其中 goes back to the whole list.
    let most = numbers[..index].iter().filter(|n| n.is_alike(part)).map(|n| n.value).max();
    if gap.contains([';', '；']) && label.contains("其中") && most >= Some(part.value) {
        return None;
    }
    // What came before, elsewhere or in other years is no whole of it.
    let other = [
        "死亡", "其他", "去年", "上年", "同期", "历年", "往年", "累计", "比", "较", "增", "另",
        "次", "目标", "任务", "计划",
    ];
    if has_any(&label, &other)
        || has_any(&passage.label(whole), &["新增", "同比", "只有", "仅", "以来", "净", "另"])
        // 其中农用地1216亩(含耕地1284亩): brackets are of the number right before them.
        // 其中产业类6个,内含林下经济7个: nor does 内含 go further back.
        || passage.label(whole).contains("其中")
            && !is_bracketed(passage, whole, index)
            && !label.starts_with("内含")
        || part::is_difference(&passage.label(whole))
    {
        return None;
    }
    // 8个项目中投资亿元以上的3个,属于主导产业的5个: one part is no whole of another.
    let inner = passage.label(whole).ends_with('的') && label.ends_with('的');
    if inner && numbers[..whole].iter().any(|n| n.is_kin(part) && n.value >= part.value) {
        return None;
    }
    let years = passage.between(whole, index);
    let earlier = passage.gap(whole).replace("老年", "").replace("青年", "").replace("少年", "");
    if has_any(&years, &["今年", "本年", "当年", "明年"])
        && (has_any(&earlier, &["去年", "上年", "往年", "前年"])
            || earlier.contains("年") && !earlier.contains("今年"))
    {
        return None;
    }
    // 其中过500万元的两个: a threshold is no part.
    if ["过", "超", "不足", "达", "近"].iter().any(|word| label.ends_with(word))
        && label.contains("其中")
    {
        return None;
    }
    let near = part.value.checked_mul(Decimal::new(6, 1)).is_some_and(|most| most <= all.value);
    let slip = part.value <= all.value.checked_mul(Decimal::from(3))?;
    let said = (slip && marked(&label))
        || (near && is_under_total(passage, whole, index, &label))
        || (near && is_of_population(passage, whole, index))
        || (near && is_clause_of(passage, whole, index, &label))
        || (near && is_same_noun(passage, whole, index, &label))
        || is_some_of(passage, whole, index, &label)
        || part::leaves_some(passage, whole, index, &label, &gap);
    said.then(|| part::exceeds(passage, all, part))
}

/// Whether a number opens the brackets right behind another one.
fn is_bracketed(passage: &Passage<'_>, whole: usize, index: usize) -> bool {
    let behind = passage.between(whole, index);
    whole + 1 == index && behind.starts_with(['(', '（']) && !behind.contains([')', '）'])
}

/// Whether a label begins with words for a part: 光是, 属.
fn marked(label: &str) -> bool {
    let one = ["一个单品", "单品", "一项", "一家", "一村", "一县", "一地"];
    // 一个镇就出栏19.2万头, and not 一个月就出栏.
    let named = label.split_once("一个").is_some_and(|(_, rest)| {
        !rest.starts_with(|c: char| "月季年星周多".contains(c)) && rest.chars().nth(1) == Some('就')
    });
    let only = (label.starts_with(['仅', '光', '单', '只']) || has_any(label, &one) || named)
        && label.contains('就')
        && label.chars().count() <= 16;
    only || label.contains("其中") || OF.iter().any(|word| label.starts_with(word))
}

/// `在园幼儿240名,享受资助的幼儿260名`: the same noun with something told of it.
fn is_some_of(passage: &Passage<'_>, whole: usize, part: usize, label: &str) -> bool {
    let (all, own) = (passage.around(whole), passage.around(part));
    let noun = shared(&all, &own);
    let length = noun.chars().count();
    if length < 2 || !has_any(&passage.label(whole), ALL) {
        return false;
    }
    let told = format!("的{noun}");
    // The noun ends the words before both numbers, or stands right behind both.
    let lead = passage.label(whole).replace("总长", "").replace("全长", "");
    let heads = lead.ends_with(&noun) || passage.noun(whole).starts_with(&noun);
    heads && own.contains(&told) && !label.starts_with(&noun)
}

/// `鉴定为C、D级的3450栋`, `用于道路建设的就有1800万元`, `5名医生有6名取得了资格`: words that say
/// something of some of what was counted right before.
fn is_clause_of(passage: &Passage<'_>, whole: usize, part: usize, label: &str) -> bool {
    const ENDS: &[&str] = &[
        "的",
        "的有",
        "的就有",
        "就有",
        "的就达",
        "就达",
        "的多达",
        "多达",
        "高达",
        "的达",
        "的就",
        "占到了",
        "占到",
        "占了",
        "占据",
        "的占",
        "占",
        "就占",
        "就占了",
        "达到了",
        "的共有",
        "的共",
        "即达",
        "里有",
        "中有",
        "内有",
    ];
    const NOT: &[&str] = &["年的", "期的", "月的", "每"];
    // 受理74件,面商率100%,满意的有81件: a rate of them may stand between.
    if passage.numbers[whole + 1..part].iter().any(|n| !n.is(Class::Share)) {
        return false;
    }
    let gap = passage.gap(part);
    let clauses = gap.matches([',', '，', '。', ';', '；']).count();
    // 5名医生有6名: nothing parts the two.
    let inside =
        clauses == 0 && !gap.contains('、') && gap.ends_with('有') && gap.chars().count() <= 8;
    let opened = gap.starts_with(['里', '中', '内']) && gap.chars().count() <= 14;
    // 被评为劳动模范的有38人,被评为突击手的有42人 are told side by side.
    let listed = passage.gap(whole).contains('、') && gap.starts_with('、')
        || passage.label(whole).ends_with("的有") && label.ends_with("的有");
    // 受理86份,经核查,符合条件的93份: a clause may stand between.
    let trained = has_any(&passage.gap(whole), &["培训", "录取", "招收"])
        && has_any(label, &["合格", "证书", "结业", "通过", "毕业"]);
    let applied =
        trained || has_any(&passage.gap(whole), &["受理", "收到", "申报", "申请", "参评", "征集"]);
    let clauses = if applied { clauses.min(1) } else { clauses };
    let total = has_any(&passage.label(whole), ALL)
        || has_any(
            &passage.gap(whole),
            &["全", "共", "总", "应届", "毕业", "排查", "争取", "投入"],
        )
        || has_any(&passage.noun(whole), &["毕业生", "学生", "党员", "人家"])
        || passage.label(whole).ends_with('有')
            && !has_any(&passage.label(whole), &["另", "还", "尚"])
        || applied
        || ["就有", "就达", "占"].iter().any(|end| label.ends_with(end));
    let told = ENDS.iter().any(|end| label.ends_with(end)) && !has_any(label, NOT);
    inside || opened || (told && total && clauses == 1 && !listed && label.chars().count() <= 16)
}

/// `有行政村18个,有20个村建成了…`, `村里320户人家,340户装上了宽带`: what is counted again bears the
/// same name, or none.
fn is_same_noun(passage: &Passage<'_>, whole: usize, part: usize, label: &str) -> bool {
    let bare =
        matches!(label, "" | "有" | "已有" | "共有" | "目前有" | "目前已有" | "已" | "其中有");
    let gap = passage.gap(part);
    if !bare
        || whole + 1 != part
        || gap.matches([',', '，']).count() != 1
        || gap.contains(['。', ';', '；', '、'])
    {
        return false;
    }
    let lead = format!("{}{}", passage.gap(whole), passage.noun(whole));
    let noun = passage.noun(part);
    // 5个项目列入计划,8个项目获奖 are told side by side.
    let total = passage.noun(whole).chars().count() <= 6
        && has_any(&passage.gap(whole), &["全", "共", "有", "辖", "里", "现"])
        && !has_any(&passage.gap(whole), &["新", "建成", "完成", "培训", "联系", "涉及"]);
    let chars: Vec<char> = noun.chars().collect();
    let named = match chars.as_slice() {
        [first, next, ..] => {
            let kind = "村镇校厂户组".contains(*first)
                && !"卫级组民庄小委部长里务".contains(*next)
                && lead.contains(*first);
            let word: String = [*first, *next].iter().collect();
            kind || lead.contains(&word)
        }
        _ => false,
    };
    // 340户装上了宽带: the counter is the name.
    let own = matches!(passage.numbers[part].unit.as_str(), "户" | "人" | "名")
        && chars.iter().take(4).any(|c| "了已均都".contains(*c))
        && label.is_empty();
    total && (named || own)
}

/// `总面积4.6万亩,公益林面积5.1万亩`, `人大代表215名,妇女代表226名`: the whole is called so, or the
/// part is of a kind that many of them are.
fn is_under_total(passage: &Passage<'_>, whole: usize, part: usize, label: &str) -> bool {
    const TOTAL: &[&str] = &[
        "总面积",
        "总占地",
        "总投资",
        "总数",
        "总人数",
        "总户数",
        "总里程",
        "总人口",
        "总额",
        "总收入",
        "总支出",
    ];
    const KINDS: &[&str] = &[
        "女",
        "少数民族",
        "青年",
        "老年",
        "高级",
        "本科",
        "脱贫",
        "贫困",
        "残疾",
        "退役",
        "留守",
        "困难",
        "党员",
        "农村",
        "首期",
        "一期",
        "规模以上",
        "示范",
        "星级",
        "标准化",
        "民营",
        "省级",
        "合格",
        "优秀",
        "结业",
        "毕业",
        "获得",
        "通过",
        "上线",
        "录取",
        "达标",
        "过关",
        "正增长",
        "获奖",
        "有效",
    ];
    if whole + 1 != part || passage.gap(part).matches([',', '，']).count() != 1 {
        return false;
    }
    let lead = passage.label(whole);
    let bare = label.trim_end_matches(|c: char| "有共达到为占的".contains(c));
    // 310人,在乡复员军人96人,残疾军人121人: both are parts of what was told before them.
    let all = &passage.numbers[whole];
    if passage.numbers[..whole].iter().any(|n| n.is_kin(all) && n.value > all.value) {
        return false;
    }
    let other =
        ["总", "全", "建筑", "共", "复种", "播种", "配套", "新", "周边", "辐射", "带动", "累计"];
    let called = TOTAL.iter().any(|word| lead.ends_with(word));
    let tail: String = bare.chars().rev().take(2).collect();
    let same =
        lead.trim_end_matches(['有', '共']).chars().rev().take(2).collect::<String>() == tail;
    let kind = same
        && has_any(bare, KINDS)
        && !has_any(&lead, KINDS)
        && has_any(
            &lead,
            &[
                "全", "本届", "共", "在", "现有", "总", "参", "本次", "报名", "应", "回收", "收回",
                "收到", "征集", "受理",
            ],
        );
    !label.contains('年') && !has_any(label, &other) && (called || kind)
}

/// `常住人口18.2万人,18.9万人完成了接种`: more than there are have done something.
fn is_of_population(passage: &Passage<'_>, whole: usize, part: usize) -> bool {
    const DONE: &[&str] = &[
        "完成", "参加", "参保", "安装", "签约", "领取", "接种", "实现", "通过", "取得", "纳入",
        "受益", "缴费", "办理", "改造", "开通", "入住", "享受", "用上", "通上", "接入", "签订",
        "缴纳", "获得", "通了", "装上", "搬进", "建立", "落实", "验收", "达标", "合格", "投票",
        "到会", "出席", "参与",
    ];
    const STOCK: &[&str] = &[
        "人口",
        "全村",
        "全镇",
        "全县",
        "全乡",
        "全社区",
        "全校",
        "全街道",
        "共有",
        "现有",
        "辖区",
        "在册",
        "登记",
        "一共",
        "总共",
        "下辖",
        "本村",
        "村里",
        "应",
    ];
    const NOT: &[&str] = &[
        "外来", "流动", "累计", "次", "周边", "新增", "去年", "上年", "比", "较", "同比", "计划",
        "目标", "涉及", "带动", "外地", "游客", "超", "历年", "培训", "其他", "另",
    ];
    let (all, own) = (&passage.numbers[whole], &passage.numbers[part]);
    let lead = passage.gap(whole);
    let told = format!("{}{}", passage.label(part), passage.noun(part));
    let between = passage.gap(part);
    whole + 1 == part
        && all.is_kin(own)
        && passage.noun(whole).chars().count() <= 8
        && has_any(&lead, STOCK)
        && has_any(&told, DONE)
        && !has_any(&told, NOT)
        && !has_any(&lead, NOT)
        && between.matches([',', '，', '。']).count() <= 2
        && !between.contains([';', '；', '、'])
}
