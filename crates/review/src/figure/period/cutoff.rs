//! What is told as done after the day that a sentence or the whole report ends with.

use super::dated::told;
use crate::figure::reading::passage::{Passage, has_any};
use crate::figure::reading::small::{self, Written};
use crate::finding::Mark;
use crate::paper::Paper;

/// Words of what is done.
const DONE: &[&str] = &[
    "已",
    "建成",
    "完成",
    "竣工",
    "投用",
    "投入使用",
    "通过",
    "验收",
    "交付",
    "举办",
    "召开",
    "开展",
    "落成",
    "通车",
    "开工",
    "启用",
    "收官",
    "结束",
    "完工",
    "营业",
    "组织",
    "举行",
    "进场",
    "运营",
    "开业",
    "投产",
    "投运",
];

/// Words of what is to come, or of a day that is no event.
const TO_COME: &[&str] = &[
    "计划",
    "拟",
    "预计",
    "将",
    "定于",
    "力争",
    "确保",
    "争取",
    "到期",
    "截止日",
    "有效期",
    "目标",
    "之前",
    "前完成",
    "底前",
    "日前",
    "月前",
    "安排在",
    "顺延",
    "推迟",
    "延期",
    "下一步",
    "明年",
    "次年",
    "去年",
    "上年",
    "同期",
    "原定",
    "有望",
    "届时",
    "开始执行",
    "起施行",
    "要求",
    "务必",
    "以前",
    "必须",
    "要全部",
    "请各",
    "（星期",
    "(星期",
];

fn is_later(day: &Written, limit: &Written, year: Option<u32>) -> bool {
    let (Some(a), Some(b)) = (day.year.or(year), limit.year.or(year)) else {
        return day.year == limit.year
            && (day.month, day.day) > (limit.month, limit.day.or(Some(31)));
    };
    // 10月底 without a day is the end of the month.
    (a, day.month, day.day.unwrap_or(1)) > (b, limit.month, limit.day.unwrap_or(31))
}

fn mark(paper: &Paper, day: &Written, limit: &Written, what: &str) -> Mark {
    let (a, b) = (paper.words(limit.at.clone()), paper.words(day.at.clone()));
    let message = format!("{what}{a},{b}在此之后,却写成已发生;请核对日期");
    Mark { at: paper.origin(&day.at), message, also: vec![paper.origin(&limit.at)] }
}

/// The clause behind a day, up to the next full stop or semicolon.
fn behind(passage: &Passage<'_>, day: &Written) -> String {
    let words = passage.words(day.at.end..passage.range.end);
    words.split(['。', ';', '；']).next().unwrap_or_default().chars().take(30).collect()
}

/// Whether the words behind a day add to what was told: 又完成0.3万吨, 又有57人.
pub(super) fn is_further(behind: &str) -> bool {
    let clauses = behind.split([',', '，']).take(2);
    let days = |c: char| c.is_ascii_digit() || "月日号至到-—、当天".contains(c);
    clauses
        .map(|clause| clause.trim_start_matches(days))
        .any(|clause| ["又", "再", "另", "还"].iter().any(|word| clause.starts_with(word)))
}

/// Whether a day is one that things are told as of again: 截至11月底1.73万人;到12月31日1.92万人.
pub(super) fn is_status(passage: &Passage<'_>, day: &Written) -> bool {
    let lead = passage.words(passage.range.start..day.at.start);
    let end = passage.words(day.at.end..passage.range.end);
    let apart = lead.ends_with(['到', '至']) && lead.contains([';', '；', '。']);
    // 截至11月底尚有23个,12月新增4个、销号16个,年末13个: what came behind is told on purpose.
    let own = passage.words(day.at.start..passage.range.end);
    let moves = own.split([',', '，']).next().is_some_and(|own| has_any(own, &["新增", "销号"]));
    let goes_on = moves && has_any(&end, &["年末", "年底", "月末", "月底"]);
    goes_on || apart || end.starts_with(['末', '底']) && lead.contains([';', '；'])
}

/// Whether the sentence comes to what was still to be done before it names a day: 其余2处12月中旬投用.
fn is_of_rest(passage: &Passage<'_>, day: &Written) -> bool {
    let lead = passage.words(passage.range.start..day.at.start);
    has_any(&lead, &["其余", "剩余", "余下", "尚有", "还有"])
}

/// Whether the clause before a day that stands last in its row tells what was done: 举办时间分别为.
fn is_done_before(passage: &Passage<'_>, limit: &Written, day: &Written) -> bool {
    let lead = passage.words(limit.at.end..day.at.start);
    let clause = lead.rsplit([',', '，', ';', '；']).next().unwrap_or_default();
    let row = ["分别为", "分别在", "分别于", "分别是", "依次为"];
    row.iter().any(|word| clause.contains(word)) && has_any(clause, DONE)
}

/// `截至2022年10月底,已建成光伏电站3座,最后一座于2022年12月8日建成`.
pub(super) fn by_then(passage: &Passage<'_>) -> Option<Mark> {
    let mut days = told(passage);
    if let Some(end) = year_end(passage) {
        days.retain(|day| day.at.start >= end.at.end);
        days.insert(0, end);
    }
    let (limit, rest) = days.split_first()?;
    let lead = passage.words(passage.range.start..limit.at.start);
    let words = passage.words(passage.range.clone());
    let until = ["截至", "截止", "截止到", "截至到"].iter().any(|word| lead.trim().ends_with(word));
    let words = words.replace("列入计划", "").replace("现将", "");
    if !until || has_any(&words, TO_COME) {
        return None;
    }
    // 第4个随后于10月18日开门 is told as later.
    if has_any(&words, &["随后", "此后", "之后", "接着", "后来", "其后"]) {
        return None;
    }
    let own = limit.year.or_else(|| passage.paper.year.and_then(|year| u32::try_from(year).ok()));
    let day = rest.iter().find(|day| {
        is_later(day, limit, own)
            && (has_any(&behind(passage, day), DONE) || is_done_before(passage, limit, day))
            && !is_further(&behind(passage, day))
            && !is_status(passage, day)
            && !is_of_rest(passage, day)
            && (day.year.is_some() == limit.year.is_some() || own.is_some())
    })?;
    Some(mark(passage.paper, day, limit, "这里写截至"))
}

/// `截至2023年底`: the last day of a year.
fn year_end(passage: &Passage<'_>) -> Option<Written> {
    let chars = &passage.paper.chars;
    let at = passage.range.clone().find(|at| chars[*at..].starts_with(&['截', '至']))? + 2;
    let (year, end) =
        small::digits_at(chars, at).filter(|(year, _)| (1950..2200).contains(year))?;
    let told = chars[end..].starts_with(&['年', '底']) || chars[end..].starts_with(&['年', '末']);
    told.then_some(Written { year: Some(year), month: 12, day: Some(31), at: at..end + 2 })
}

/// What is told as done after the date of the report, which stands alone below its title.
pub(super) fn after_report(paper: &Paper, passages: &[Passage<'_>]) -> Vec<Mark> {
    let dated = date_of_report(paper, passages)
        .or_else(|| date_before_text(paper, passages))
        .or_else(|| date_told(passages));
    let Some((limit, title)) = dated else { return Vec::new() };
    let lead = paper.words(limit.at.start.saturating_sub(2)..limit.at.start);
    let what = if lead == "截至" { "本文写明截至" } else { "报告日期是" };
    let mut marks = Vec::new();
    for passage in passages.iter().filter(|p| p.range.end > title) {
        for day in told(passage).into_iter().filter(|day| day.at.start >= title) {
            let sentence = passage.words(passage.range.clone()).replace("现将", "");
            let lead = passage.words(passage.range.start..day.at.start);
            let lead: String =
                lead.chars().rev().take(4).collect::<Vec<_>>().into_iter().rev().collect();
            let done = lead.contains('已')
                || lead.ends_with("截至")
                || lead.ends_with("截止")
                || has_any(&behind(passage, &day), DONE)
                || has_any(&behind(passage, &day), &["承办", "举行", "获", "成功", "开幕", "了"]);
            let past = has_any(&sentence, TO_COME);
            if done && !past && is_later(&day, &limit, limit.year) {
                marks.push(mark(paper, &day, &limit, what));
            }
        }
    }
    marks
}

/// The day that a text is signed with, in a last line of its own.
fn signed(paper: &Paper, passages: &[Passage<'_>]) -> Option<Written> {
    let foot = paper.paragraphs.iter().rev().find(|p| p.range.len() > 1)?;
    let short = foot.range.len() <= 16;
    let inside = passages.iter().filter(|p| p.range.start >= foot.range.start && short);
    let days: Vec<Written> = inside.flat_map(told).collect();
    let [day] = days.as_slice() else { return None };
    (day.day.is_some() && day.year.is_some()).then(|| day.clone())
}

/// `2024年上半年工作总结` signed in 2023: nobody sums up a year before it has come.
pub(super) fn before_its_year(paper: &Paper, passages: &[Passage<'_>]) -> Option<Mark> {
    const PAST: &[&str] = &["总结", "汇报", "报告", "小结", "述职", "情况"];
    const PLANS: &[&str] = &["预算", "计划", "方案", "要点", "规划", "安排", "草案", "打算"];
    let signed = signed(paper, passages)?;
    let title = paper.paragraphs.iter().find(|p| p.range.len() > 1)?.range.clone();
    let words = paper.words(title.clone());
    let past = has_any(&words, PAST) && (words.contains("总结") || !has_any(&words, PLANS));
    let years = title.clone().filter_map(|at| {
        let (year, end) = small::digits_at(&paper.chars, at)?;
        ((1949..2100).contains(&year) && paper.chars.get(end) == Some(&'年')).then_some(year)
    });
    let year = years.min().filter(|_| past && title.len() <= 50)?;
    (signed.year? < year).then(|| {
        let day = paper.words(signed.at.clone());
        let message = format!("标题写的是{year}年,落款却是{day},还没有到那一年;请核对落款日期");
        Mark { at: paper.origin(&signed.at), message, also: vec![paper.origin(&title)] }
    })
}

/// `截至12月15日`, `7月18日组织开展了演练` above a report signed on 3 July.
pub(super) fn after_signing(paper: &Paper, passages: &[Passage<'_>]) -> Vec<Mark> {
    let Some(signed) = signed(paper, passages) else { return Vec::new() };
    let above = passages.iter().filter(|p| p.range.end <= signed.at.start);
    // Days without a year are of the year of the report, which is signed in the next one as well.
    let own = paper.year.and_then(|year| u32::try_from(year).ok());
    let year = own.or_else(|| signed.year.filter(|_| signed.month > 3));
    let days = above.flat_map(|passage| {
        told(passage).into_iter().filter(|day| {
            let lead = passage.words(passage.range.start..day.at.start);
            let until = ["截至", "截止", "截止到", "截至到"];
            let counted = until.iter().any(|word| lead.ends_with(word));
            let done = day.day.is_some() && has_any(&behind(passage, day), DONE);
            (counted || done && (day.year.is_some() || year.is_some()))
                && !has_any(&passage.words(passage.range.clone()).replace("现将", ""), TO_COME)
        })
    });
    days.filter(|day| is_later(day, &signed, year.or(signed.year)))
        .map(|day| mark(paper, &day, &signed, "落款日期是"))
        .collect()
}

/// `在6月25日召开的会上通报,截至7月10日`: told before it was so.
pub(super) fn told_too_early(passage: &Passage<'_>) -> Option<Mark> {
    let days = told(passage);
    let [held, until] = days.as_slice() else { return None };
    let between = passage.words(held.at.end..until.at.start);
    let meeting = ["召开", "举行", "召集", "开的"].iter().any(|word| between.starts_with(word))
        && has_any(&between, &["会上", "会议上", "会中", "通报", "汇报", "报告说", "介绍"]);
    let fits = meeting
        && ["截至", "截止"].iter().any(|word| between.ends_with(word))
        && !between.contains(['。', ';', '；'])
        && !has_any(&passage.words(passage.range.clone()), TO_COME)
        && is_later(until, held, None);
    fits.then(|| mark(passage.paper, until, held, "会议开在"))
}

/// The date in brackets right before the first sentence: `（11月20日）现将…报告如下`.
fn date_before_text(paper: &Paper, passages: &[Passage<'_>]) -> Option<(Written, usize)> {
    let first = passages.iter().find(|p| !p.words(p.range.clone()).trim().is_empty())?;
    let day = told(first).into_iter().find(|d| d.day.is_some() && d.year.is_some())?;
    let lead = first.words(first.range.start..day.at.start);
    let tail = first.words(day.at.end..first.range.end);
    let framed = lead.trim().ends_with(['(', '（']) && lead.trim().chars().count() <= 30;
    const OPENS: &[&str] = &["现将", "现就", "现对", "根据", "按照", "今年以来", "一年来"];
    // 石桥街道2024年1—9月工作总结(2024年9月30日)。: the title is the first sentence.
    let titled = ["总结", "汇报", "报告", "小结", "情况"]
        .iter()
        .any(|word| lead.trim().trim_end_matches(['(', '（']).ends_with(word))
        && tail.trim().trim_end_matches(['。', ':', '：']).trim_matches([')', '）']).is_empty();
    let opens = titled
        || tail.strip_prefix([')', '）']).is_some_and(|rest| {
            let head: String = rest.chars().take(16).collect();
            OPENS.iter().any(|word| rest.starts_with(word))
                || has_any(&head, &["总结:", "总结：", "汇报如下", "报告如下"])
        });
    (framed && opens && paper.paragraphs.len() <= 2).then(|| (day.clone(), day.at.end))
}

/// The date that a text gives itself: (本报告形成于2023年11月20日), 本报告数据统一截至6月30日.
fn date_told(passages: &[Passage<'_>]) -> Option<(Written, usize)> {
    const TEXT: &[&str] =
        &["本报告", "本总结", "本材料", "本简报", "本汇报", "本文", "文中", "以下数据"];
    // 报告形成于11月20日, but 报告如下,截至11月30日 tells of the figures alone.
    const ANY: &[&str] = &["报告", "材料"];
    const MADE: &[&str] = &[
        "形成于",
        "成稿于",
        "写于",
        "撰写于",
        "完成于",
        "起草于",
        "定稿于",
        "报送于",
        "截至",
        "截止到",
    ];
    passages.iter().take(3).find_map(|passage| {
        let mut days = told(passage).into_iter().filter(|d| d.day.is_some());
        let day = days.find(|day| {
            let lead = passage.words(passage.range.start..day.at.start);
            let made = MADE.iter().find_map(|word| lead.strip_suffix(word));
            let counted = lead.ends_with(['至', '到']);
            // 现将上半年工作情况(截至6月30日)报告如下: all that follows is told as of that day.
            let behind = passage.words(day.at.end..passage.range.end);
            let told = ["报告如下", "汇报如下", "总结如下", "通报如下", "小结如下"];
            let heads = lead.trim_start().starts_with("现将") && has_any(&behind, &told);
            made.is_some_and(|lead| {
                let ended = || TEXT.iter().chain(ANY).any(|text| lead.ends_with(text));
                let own = if counted { has_any(lead, TEXT) || heads } else { ended() };
                own && (heads || day.year.is_some())
            })
        })?;
        Some((day.clone(), day.at.end))
    })
}

/// The date in brackets or alone among the first lines, with where those end.
fn date_of_report(paper: &Paper, passages: &[Passage<'_>]) -> Option<(Written, usize)> {
    let head = paper.paragraphs.iter().take(4);
    let mut found = None;
    for paragraph in head.filter(|p| p.range.len() <= 40) {
        let words = paper.words(paragraph.range.clone());
        if words.contains(['。', ';', '；', ':', '：'])
            || words.replace("截至", "").contains('至')
            || words.contains('—')
        {
            continue;
        }
        let inside = passages.iter().filter(|p| {
            p.range.start >= paragraph.range.start && p.range.end <= paragraph.range.end + 1
        });
        let days: Vec<Written> = inside.flat_map(told).collect();
        if let [day] = days.as_slice()
            && day.day.is_some()
            && day.year.is_some()
        {
            found = Some((day.clone(), paragraph.range.end));
        }
    }
    found
}
