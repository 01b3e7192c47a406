//! Where words stand in their sentence, and which part of it is about them.
//!
//! A sentence may carry several figures. Each owns the segment from the clause
//! it stands in up to the next figure, so that in `收集问题18条,解决问题36个` the
//! 18 cannot be bound to what was solved. A segment that names nothing of its
//! own (`38户156人`) or only parts what came before (`其中…`) leans on the words
//! before it.

use std::ops::Range;

use crate::filler::{filler_at, is_silent, names_nothing, only_compares};
use crate::way::{Letters, Match, Way, whole_end};

/// The sentence around a claim's words, blanks taken out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Scope {
    chars: Vec<char>,
    words: Range<usize>,
    own: Range<usize>,
    /// Where the words end, in the segment that is owned, that may be of the whole figure.
    whole: usize,
    /// The characters up to there.
    letters: Letters,
    /// Where the first figure of the sentence begins.
    topic_end: usize,
    /// Where the figure before the words ends.
    figure_end: usize,
}

/// Marks that end a clause.
pub(crate) const CLAUSE: &str = ",，;；:：。!！?？";
/// Marks and words that join members of an enumeration.
const LISTING: &str = "、";
impl Scope {
    /// The scope of the words at `words` inside the sentence at `sentence`;
    /// `others` are the other figures of the text. `lead` stands before the
    /// sentence, as the heads of a table stand before its cells.
    pub(crate) fn new(
        text: &[char],
        sentence: Range<usize>,
        words: Range<usize>,
        others: &[Range<usize>],
        lead: &str,
    ) -> Scope {
        let own = own_range(text, &sentence, &words, others);
        // A figure that opens its sentence or table cell owns the lead too.
        let owns_lead = own.start == sentence.start;
        let first = others.iter().map(|o| o.start).filter(|at| sentence.contains(at)).min();
        let topic_end = first.map_or(words.start, |at| at.min(words.start));
        let ahead = others.iter().filter(|o| o.end <= words.start && o.start >= sentence.start);
        let figure_end = ahead.map(|o| o.end).max().unwrap_or(sentence.start);
        let dense = |c: &&char| !c.is_whitespace();
        let mut chars: Vec<char> = lead.chars().filter(|c| !c.is_whitespace()).collect();
        let head = chars.len();
        let place = |at: usize| head + text[sentence.start..at].iter().filter(dense).count();
        let words = place(words.start)..place(words.end.min(sentence.end));
        let start = if owns_lead { 0 } else { place(own.start) };
        let own = start..place(own.end);
        let (topic_end, figure_end) = (place(topic_end), place(figure_end));
        chars.extend(text[sentence].iter().filter(dense));
        let whole = whole_end(&chars[..own.end], words.end);
        let letters = Letters::of(&chars[..whole]);
        Scope { chars, words, own, whole, letters, topic_end, figure_end }
    }

    /// The words themselves.
    pub(crate) fn words(&self) -> String {
        self.chars[self.words.clone()].iter().collect()
    }

    /// What stands in the sentence before the words.
    pub(crate) fn before(&self) -> String {
        self.chars[..self.words.start].iter().collect()
    }

    /// All characters of the sentence.
    pub(crate) fn chars(&self) -> &[char] {
        &self.chars
    }

    /// Where the words stand.
    pub(crate) fn words_at(&self) -> Range<usize> {
        self.words.clone()
    }

    /// The clause of the words: from the last mark before them to their end.
    pub(crate) fn clause(&self) -> String {
        self.chars[self.clause_start()..self.words.end].iter().collect()
    }

    /// Whether nothing but marks and fillers stands between the words and the figure before them.
    pub(crate) fn follows_figure(&self) -> bool {
        self.figure_end > 0 && names_nothing(&self.since_figure())
    }

    /// Where the figure before the words ends; at the beginning of the sentence where none is.
    pub(crate) fn figure_end(&self) -> usize {
        self.figure_end
    }

    /// What stands between the figure before the words and them.
    pub(crate) fn since_figure(&self) -> String {
        self.chars[self.figure_end.min(self.words.start)..self.words.start].iter().collect()
    }

    /// The clause of the words behind the figure before them.
    pub(crate) fn fresh(&self) -> String {
        let start = self.clause_start().max(self.figure_end).min(self.words.start);
        self.chars[start..self.words.end].iter().collect()
    }

    /// Where the clause of the words begins.
    pub(crate) fn clause_start(&self) -> usize {
        let before = &self.chars[..self.words.start];
        before.iter().rposition(|c| CLAUSE.contains(*c)).map_or(0, |at| at + 1)
    }

    /// Everything up to the end of the segment the words own.
    pub(crate) fn region(&self) -> String {
        self.chars[..self.own.end].iter().collect()
    }

    /// Where the segment that the words own begins.
    pub(crate) fn own_start(&self) -> usize {
        self.own.start
    }

    /// The segment the words own.
    pub(crate) fn own(&self) -> String {
        self.chars[self.own.clone()].iter().collect()
    }

    /// What stands in the sentence before its first figure, and thus over all of them up to the
    /// next semicolon.
    pub(crate) fn topic(&self) -> String {
        let over = &self.chars[self.topic_end..self.words.start.max(self.topic_end)];
        let parted = over.iter().any(|c| matches!(c, ';' | '；'));
        if parted { String::new() } else { self.chars[..self.topic_end].iter().collect() }
    }

    /// Where a subject stands before the words, the last time it does; of one
    /// that was completed from its neighbours, the part that is written.
    pub(crate) fn find_before(&self, subject: &str) -> Option<Range<usize>> {
        let subject: Vec<char> = subject.chars().filter(|c| !c.is_whitespace()).collect();
        let before = &self.chars[..self.words.start];
        (2..=subject.len()).rev().find_map(|length| {
            let at = before.windows(length).rposition(|part| part == &subject[..length])?;
            Some(at..at + length)
        })
    }

    /// Whether a way of saying occurs, at least one part of it in the words' own segment.
    /// `leans` says that the segment takes its subject from before.
    pub(crate) fn says(&self, way: &Way, leans: bool) -> bool {
        let leans = leans || self.is_leaning();
        self.best_match(way, None).is_some_and(|found| leans || found.touches)
    }

    /// The best place where a way of saying occurs; `None` where it does not.
    /// `about` is a phrase that is known to be the subject.
    pub(crate) fn best_match(&self, way: &Way, about: Option<&Range<usize>>) -> Option<Match> {
        let region = (&self.chars[..self.whole], &self.letters);
        way.find(region, &self.words, self.own.start, about.unwrap_or(&(0..0)))
    }

    /// Whether the own segment only parts what stands before it.
    pub(crate) fn is_leaning(&self) -> bool {
        self.own_before().contains("其中")
    }

    /// The part of the words' segment that stands before them.
    pub(crate) fn own_before(&self) -> String {
        self.chars[self.own.start.min(self.words.start)..self.words.start].iter().collect()
    }

    /// The clause of the words as far as it is their own, with what stands behind them in it;
    /// one that names nothing (`全年80人次`) with the clause before it.
    pub(crate) fn own_clause(&self) -> String {
        let mut start = self.clause_start().max(self.own.start).min(self.words.start);
        while start > self.own.start && names_no_thing(&self.chars[start..self.words.start]) {
            let ahead = &self.chars[self.own.start..start - 1];
            let mark = ahead.iter().rposition(|c| CLAUSE.contains(*c));
            start = mark.map_or(self.own.start, |at| self.own.start + at + 1);
        }
        let behind = &self.chars[self.words.end.min(self.own.end)..self.own.end];
        let behind = behind.iter().take_while(|c| !CLAUSE.contains(**c) && !LISTING.contains(**c));
        self.chars[start..self.words.start].iter().chain(behind).collect()
    }
}

/// Whether a noun stands right behind a figure: 8批共建交流, and not 38户,其中 or 38户共156人.
fn is_named_behind(behind: &[char]) -> bool {
    let near: String = behind.iter().take_while(|c| !is_silent(**c)).collect();
    let head: String = near.chars().take(2).collect();
    near.chars().count() > 3 && filler_at(&near).is_none() && !names_nothing(&head)
}

/// Whether some words hold nothing but fillers and words of time: 其中一季度, 全年.
fn names_no_thing(words: &[char]) -> bool {
    let text: String = words.iter().filter(|c| !c.is_numeric()).collect();
    let bare = TIMES.iter().fold(text, |text, time| text.replace(time, ""));
    names_nothing(&bare)
}

/// Words of time that may open a clause.
const TIMES: &[&str] = &[
    "全年",
    "今年",
    "年内",
    "本年",
    "一年来",
    "上半年",
    "下半年",
    "目前",
    "至今",
    "第一季度",
    "第二季度",
    "第三季度",
    "第四季度",
    "一季度",
    "二季度",
    "三季度",
    "四季度",
    "季度",
    "月份",
    "年",
    "月",
];

/// The segment that words own: from the clause they stand in up to the next
/// figure. One that names nothing shares the segment of the figure before it.
fn own_range(
    text: &[char],
    sentence: &Range<usize>,
    words: &Range<usize>,
    others: &[Range<usize>],
) -> Range<usize> {
    let before = others
        .iter()
        // Empty words end where they begin, and must not be their own predecessor.
        .filter(|o| *o != words && o.end <= words.start && o.start >= sentence.start);
    let after = others.iter().filter(|o| o.start >= words.end && o.end <= sentence.end);
    let previous = before.max_by_key(|o| o.end);
    let to = match after.map(|o| o.start).min() {
        Some(next) => cut(text, words.end..next).unwrap_or(next),
        None => sentence.end,
    };
    let Some(previous) = previous else { return sentence.start..to };
    let from = cut(text, previous.end..words.start).map_or(previous.end, |at| at + 1);
    let own: String = text[from..words.end].iter().collect();
    let first = is_named_behind(&text[words.end..to]) && from < words.start;
    let bare = names_nothing(&own) || names_no_thing(&text[from..words.end]);
    if (bare && !first) || only_compares(&own) {
        own_range(text, sentence, previous, others).start..to
    } else {
        from..to
    }
}

/// Where the text between two figures is parted: the first mark that ends a
/// clause, or else the first that lists.
fn cut(text: &[char], between: Range<usize>) -> Option<usize> {
    let mark = |marks: &str| between.clone().find(|i| marks.contains(text[*i]));
    mark(CLAUSE).or_else(|| mark(LISTING))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::way::Alike;

    /// Figures are marked by braces, the one at hand by double braces.
    fn scope(marked: &str) -> Scope {
        let mut text = Vec::new();
        let (mut ranges, mut words, mut open) = (Vec::new(), 0..0, 0);
        let mut chars = marked.chars().peekable();
        let mut double = false;
        while let Some(c) = chars.next() {
            match c {
                '{' => {
                    double = chars.next_if_eq(&'{').is_some();
                    open = text.len();
                }
                '}' => {
                    if double {
                        chars.next();
                        words = open..text.len();
                    } else {
                        ranges.push(open..text.len());
                    }
                }
                c => text.push(c),
            }
        }
        Scope::new(&text, 0..text.len(), words, &ranges, "")
    }

    fn class(words: &str) -> Vec<String> {
        words.split(' ').map(str::to_owned).collect()
    }

    fn check(marked: &str, parts: &str, expected: bool) {
        let parts: Vec<String> = parts.split(' ').map(str::to_owned).collect();
        let alike =
            pack::Lexicon { alike: vec![class("收到 接收")], ..pack::Lexicon::default() };
        let way = Way::new(&parts, &Alike::of(&alike));
        assert_eq!(scope(marked).says(&way, false), expected, "{marked}: {parts:?}");
    }

    #[test]
    fn the_parts_must_occur_in_order() {
        check("排查整治各类隐患{{105起}}。", "排查 整治 隐患", true);
        check("排查整治各类隐患{{105起}}。", "整治 排查 隐患", false);
        check("先后组织{{300余名}}干部到镇交流。", "组织 干部 交流", true);
        check("接收线索{{3条}}。", "收到 线索", true);
        check("移送线索{{3条}}。", "收到 线索", false);
        check("发 展党 员{{7名}}。", "发展 党员", true);
    }

    #[test]
    fn a_figure_is_not_about_its_neighbours() {
        let sentence = "收集群众问题{{18条}},推进解决热点问题{36个}。";
        check(sentence, "收集 问题", true);
        check(sentence, "解决 热点 问题", false);
        let second = "收集群众问题{18条},推进解决热点问题{{36个}}。";
        check(second, "解决 热点 问题", true);
        check(second, "收集 群众", false);
        check("{未发生一起森林火灾},{{未发生一起安全事故}}。", "森林 火灾", false);
        check("集中学习{{30次}}、党日活动{25次}。", "党日 活动", false);
        check("集中学习{30次}、党日活动{{25次}}。", "党日 活动", true);
        check("争取资金{{761万元}}实施衔接项目{12个}。", "争取 资金 衔接 项目", true);
        check("奖补{337户}{38万元},雨露计划{{62人}}{9.3万元}。", "奖补", false);
    }

    #[test]
    fn a_bare_figure_leans_on_what_stands_before() {
        check("监测对象{38户}{{156人}}。", "监测 对象", true);
        check("监测对象{38户}、{{共156人}}。", "监测 对象", true);
        check("雨露计划资助{62人}、资金{{9.3万元}};", "雨露 计划", true);
        check("监测对象{38户},其中,解除风险{{6户}}。", "监测 对象", true);
        check("监测对象{38户},其中,解除风险{6户}{{26人}}。", "对象 解除 风险", true);
        check("监测对象{38户},一季度{{6户}}。", "监测 对象", true);
        check("监测对象{38户},解除风险{{6户}}。", "监测 对象", false);
        check("监测对象{38户},解除风险{6户}{{26人}}。", "解除 风险", true);
        check("监测对象{38户},解除风险{6户}{{26人}}。", "监测 对象", false);
    }

    #[test]
    fn a_lead_belongs_to_the_first_figure() {
        let text: Vec<char> = "30万元".chars().collect();
        let scope = Scope::new(&text, 0..4, 0..4, &[], "村集体经济收入,甲村,");
        let none = pack::Lexicon::default();
        assert!(scope.says(&Way::new(&class("集体 收入"), &Alike::of(&none)), false));
        assert_eq!(scope.words(), "30万元");
        assert_eq!(scope.before(), "村集体经济收入,甲村,");
    }

    #[test]
    fn a_subject_is_found_as_far_as_it_is_written() {
        let scope = scope("饮用水水质、断面水质达标率{{100%}}。");
        assert_eq!(scope.find_before("饮用水水质达标率"), Some(0..5));
        assert_eq!(scope.find_before("断面水质达标率"), Some(6..13));
        assert_eq!(scope.find_before("空气质量"), None);
    }
}
