//! What is told as coming after something, on a day or at an hour before it.

use super::moment::{Moment, event, moments};
use super::ordered;
use crate::figure::reading::alike::shared;
use crate::figure::reading::passage::{Passage, has_any, is_clause_mark};
use crate::figure::reading::small;
use crate::finding::Mark;

/// Words of what comes first.
const FIRST: &[&str] = &[
    "收到", "接到", "接件", "接报", "受理", "立案", "递交", "提交", "报案", "报名", "启动", "发生",
    "发现", "下发", "收文", "申请", "反映", "报修", "求助", "挂牌", "公告", "公示", "提出", "投诉",
    "来电", "来信", "接访", "送达", "开标", "招标", "签约", "送审", "报送", "起火", "报警", "采样",
    "送检", "抽检", "立项", "评审", "考察", "举报", "选举", "投票", "视察", "督查", "督察", "巡察",
    "暗访", "通报", "进点", "评标", "答辩", "笔试",
];
/// Words that say of what is told next that it comes after.
const NEXT: &[&str] = &[
    "随后",
    "并于",
    "并在",
    "即于",
    "就于",
    "随即",
    "随着",
    "之后",
    "此后",
    "最终",
    "终于",
    "最后",
    "继而",
    "接着",
    "遂于",
    "直到",
    "后于",
    "经过",
    "收文后",
    "收到后",
    "接报后",
    "受理后",
    "立案后",
    "后经",
    "历经",
];
/// Words of what ends it.
const LAST: &[&str] = &[
    "办结",
    "修复",
    "实施",
    "封锁",
    "发放",
    "撤离",
    "赶到",
    "派出",
    "开标",
    "中标",
    "成交",
    "答复",
    "转发",
    "协议",
    "结案",
    "化解",
    "反馈",
    "处置完",
    "销号",
    "解除",
    "提升至",
    "升级",
    "升为",
    "提升为",
    "批复",
    "签订",
    "整改到位",
    "握手言和",
    "到达现场",
    "扑灭",
    "审结",
    "完成处置",
    "立案查处",
    "立案调查",
    "查处",
    "出具",
    "检出",
    "获批",
    "拨付",
    "到账",
    "兑付",
    "验收",
    "召回",
    "录用",
    "上岗",
    "投用",
    "清理完",
    "送达",
    "交办",
    "转办",
    "移交",
    "撤点",
    "公布",
    "揭晓",
    "颁奖",
];
/// Words by which the later one is told of an earlier time, or of another year.
const BACK: &[&str] = &[
    "此前",
    "之前",
    "早在",
    "已于",
    "已在",
    "先行",
    "提前",
    "前期",
    "先期",
    "去年",
    "上年",
    "次年",
    "翌年",
    "第二年",
    "回顾",
    "曾",
    "截至",
    "截止",
    "计划",
    "拟",
    "将于",
    "明年",
    "年前",
    "有效期",
    "起施行",
    "原定",
    "已先",
    "一期",
    "启动的",
    "下发的",
];

/// `9月12日受理,…最终于9月5日促成双方签订协议`.
pub(super) fn find(passage: &Passage<'_>) -> Vec<Mark> {
    let all = moments(passage);
    let pairs = all.windows(2).filter_map(|pair| {
        out_of_order(passage, &pair[0], &pair[1])
            .or_else(|| nth_day(passage, &pair[0], &pair[1]))
            .or_else(|| stages(passage, &pair[0], &pair[1]))
            .or_else(|| told_back(passage, &pair[0], &pair[1]))
    });
    let mut marks: Vec<Mark> = pairs.collect();
    marks.extend(all.windows(3).filter_map(|three| before_end(passage, three)));
    marks.extend(ordered::find(passage));
    marks
}

fn marked(passage: &Passage<'_>, first: &Moment, second: &Moment, what: &str) -> Mark {
    let paper = passage.paper;
    let (a, b) = (passage.words(first.at.clone()), passage.words(second.at.clone()));
    let message = format!("{b}{what}{a};请核对日期");
    Mark { at: paper.origin(&second.at), message, also: vec![paper.origin(&first.at)] }
}

/// `7月18日遭受暴雨,灾后第三天即7月16日恢复供电`.
fn nth_day(passage: &Passage<'_>, first: &Moment, second: &Moment) -> Option<Mark> {
    let between: Vec<char> = passage.words(first.at.end..second.at.start).chars().collect();
    let at = between.iter().rposition(|c| *c == '第')?;
    let (count, end) = small::number_at(&between, at + 1)?;
    let days = matches!(between.get(end)?, '天' | '日');
    let named = between[end + 1..].iter().all(|c| "即,，(（也就是为".contains(*c));
    let passed = (second.first - first.first).get_days();
    let count = i32::try_from(count).ok()?;
    let single = [first, second].iter().all(|m| m.first == m.last);
    let off = !(count - 1..=count).contains(&passed) && passed.abs() < 150;
    (days && named && single && off)
        .then(|| marked(passage, first, second, &format!("不是第{count}天,那一件写在")))
}

/// `公示期为5月6日至5月12日。5月10日,公示期满`: the end of a stretch told before its last day.
fn before_end(passage: &Passage<'_>, three: &[Moment]) -> Option<Mark> {
    let [first, last, told] = three else { return None };
    let between = passage.words(first.at.end..last.at.start);
    let joined = !between.is_empty() && between.chars().all(|c| "起至到-—~～".contains(c));
    let event = event(passage, told);
    let (lead, _) = event.split_once("期满").or_else(|| event.split_once("期结束"))?;
    let mut name: Vec<char> = lead.chars().rev().take(2).collect();
    name.reverse();
    let name: String = name.into_iter().collect();
    let before = passage.words(passage.range.start..first.at.start);
    let within = told.first >= first.first && told.last < last.first;
    let plain = !has_any(&event, &["将", "未", "前"]);
    (joined && within && plain && name.chars().count() == 2 && before.contains(&name))
        .then(|| marked(passage, last, told, "说是期满,这一期却到"))
}

/// The stages of a work, in the order in which they come.
const STAGES: &[&[&str]] = &[
    &["立项"],
    &["招标", "开标"],
    &["开工", "动工", "破土", "奠基", "进场施工", "启动建设"],
    &["封顶", "合龙"],
    &["竣工", "完工", "验收", "自验", "初验", "建成", "交付", "投用", "投产", "通车", "投入使用"],
];

/// Which stage words tell, where they tell one.
fn stage(words: &str) -> Option<usize> {
    let mut told = (0..STAGES.len()).filter(|k| has_any(words, STAGES[*k]));
    told.next().filter(|_| told.next().is_none())
}

/// `9月10日通过竣工验收并交付使用,9月25日正式开工建设`: the stages of one work in the wrong order.
fn stages(passage: &Passage<'_>, first: &Moment, second: &Moment) -> Option<Mark> {
    // What is told behind may be another thing, or the next part of one.
    const OTHER: &[&str] = &[
        "二期", "三期", "一期", "另", "新", "又", "其中", "配套", "附属", "同时", "还", "第二",
        "装修", "下一", "运营", "经营", "生产", "试", "计划", "拟", "将", "推进", "预计", "标段",
    ];
    const FILL: &[&str] = &[
        "完成", "通过", "正式", "全面", "顺利", "施工", "主体", "结构", "工程", "项目", "公开",
        "组织", "进行", "实现", "今年", "去年", "当年", "同年", "并", "才", "就", "已", "即", "于",
        "在", "该", "底", "初", "最终", "最后", "终于",
    ];
    let (begun, ended) = (event(passage, first), event(passage, second));
    let (a, b) = (stage(&begun)?, stage(&ended)?);
    let (fewest, most) = first.until(second);
    // Without a year a month some months back is one of the next year.
    let since = if second.placed { -330 } else { -150 };
    let wrong = a > b && fewest > 0 || a < b && most < 0 && fewest > since;
    let between = passage.words(first.at.end..second.at.start);
    let lead = passage.words(passage.range.start..first.at.start);
    // Both are of the one thing that the sentence begins with: nothing is named between them.
    let mut bare = ended.as_str();
    while let Some(rest) = FILL.iter().find_map(|word| bare.strip_prefix(word)) {
        bare = rest;
    }
    let lead = lead.rsplit(['。', '\n']).next().unwrap_or_default();
    let named = lead.chars().count() >= 4 || lead.starts_with('该');
    // A sentence of its own says how it went on where it names nothing else.
    let (near, goes_on) = match between.rsplit_once(['。', '\n']) {
        Some((_, own)) => {
            let mut clauses: Vec<&str> = own.split(is_clause_mark).collect();
            clauses.pop();
            let how = |clause: &&str| {
                ["经", "在", "历", "通过", "目前", "现"].iter().any(|w| clause.starts_with(w))
            };
            (own, (second.placed || own.starts_with('该')) && clauses.iter().all(how))
        }
        None => (between.as_str(), true),
    };
    let fits = named
        && goes_on
        && STAGES[b]
            .iter()
            .any(|word| bare.strip_prefix(word).is_some_and(|rest| !rest.starts_with('的')))
        && !has_any(&format!("{near}{ended}"), OTHER)
        && !between.contains([';', '；']);
    (fits && wrong)
        .then(|| marked(passage, first, second, "所写的一步与另一步先后颠倒了,另一步写在"))
}

/// `第三次会议于4月10日召开,此前第二次会议于5月6日召开`: what is told as earlier is later.
fn told_back(passage: &Passage<'_>, first: &Moment, second: &Moment) -> Option<Mark> {
    let between = passage.words(first.at.end..second.at.start);
    let (_, lead) = between.rsplit_once([',', '，', '。', ';', '；'])?;
    let back = lead.strip_prefix("此前").or_else(|| lead.strip_prefix("在此之前"))?;
    let (fewest, _) = first.until(second);
    let plain = !has_any(&event(passage, second), &["计划", "拟", "将", "定于", "原", "定在"])
        && !has_any(&event(passage, first), &["计划", "拟", "截至"]);
    (plain && back.chars().count() <= 14 && (1..150).contains(&fewest))
        .then(|| marked(passage, first, second, "写作更早,却晚于"))
}

fn out_of_order(passage: &Passage<'_>, first: &Moment, second: &Moment) -> Option<Mark> {
    let days = (second.last - first.first).get_days();
    let hours = first.hour.zip(second.hour).is_some_and(|(a, b)| b < a);
    // Without a year a day some months back is one of the next year.
    let before = if days == 0 {
        hours
    } else {
        (if second.placed { -330 } else { -150 }..0).contains(&days)
    };
    let single = [first, second].iter().all(|m| m.first == m.last);
    if !before || !single {
        return None;
    }
    let between = passage.words(first.at.end..second.at.start);
    let (begun, ended) = (event(passage, first), event(passage, second));
    let told = has_any(&begun, FIRST) && (has_any(&between, NEXT) || has_any(&ended, LAST));
    let tail: String = passage.words(second.at.end..passage.range.end).chars().take(2).collect();
    let until = tail.starts_with(['前', '至', '到', '—', '-'])
        || between.starts_with(['至', '到', '—', '-']);
    // 已于同年7月30日签订 is told as what came next, and so is 该转办件已于8月9日办结, which names
    // what was received before.
    let taken_up =
        ended.starts_with(['该', '此', '这']) && shared(&ended, &begun).chars().count() >= 2;
    let next = if taken_up { ["已于", "已在"] } else { ["已于同年", "已于当年"] };
    let plain = |words: &str| next.iter().fold(words.to_owned(), |w, next| w.replace(next, ""));
    let back = has_any(&plain(&between), BACK)
        || has_any(&plain(&ended), BACK)
        || has_any(&begun, &["计划", "拟", "截至"]);
    (told && !until && !back).then(|| marked(passage, first, second, "写作后来的事,却早于"))
}
