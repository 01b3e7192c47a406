//! What a statement is about, by its words alone.

use review::LEVELS;

use super::words::OF_BODIES;

/// Words that say nothing of what is counted.
const FILLERS: &[&[&str]] = &[
    &["截至目前", "到目前", "目前", "全年", "今年以来", "今年", "年内", "上半年", "下半年"],
    &["本年度", "一年里", "一年来", "一年中", "镇上", "镇里", "乡里", "村里", "乡上", "街道上"],
    &["先后", "一共", "总共", "共计", "合计", "总计", "达到", "各类", "各项", "已经"],
    &["有效", "积极", "全面", "扎实", "持续", "深入", "高质量", "圆满", "顺利", "成功"],
];
/// Words for all of the village that a material is of.
const VILLAGE: &[&str] = &["全村", "我村", "本村", "全社区", "我社区", "本社区"];
/// Characters that say nothing of what is counted.
const SILENT: &str = "又再另还的了为达共已约近超有在是将等其和与及、,，“”\"()（）:：";
/// Words that every paragraph of a report has.
const GENERAL: &[&[&str]] = &[
    &[
        "总投资",
        "投资",
        "投入",
        "资金",
        "争取",
        "到位",
        "征收",
        "金额",
        "总额",
        "收入",
        "产值",
        "年产值",
        "补助",
        "补贴",
        "增收",
    ],
    &[
        "发放", "惠及", "群众", "受益", "覆盖", "培训", "参与", "参加", "人数", "人次", "人员",
        "农户", "干部", "党员", "带动", "帮助",
    ],
    &[
        "开展", "活动", "完成", "建设", "项目", "新增", "新建", "实现", "现有", "共有", "组织",
        "召开", "会议", "落实", "实施", "宣传", "推进",
    ],
    &["解决", "问题", "排查", "整改", "化解", "办理", "办结", "收到", "发现", "处理", "检查"],
    &["面积", "种植", "房屋", "土地", "企业", "数量", "总数", "长度", "次数", "场次"],
];
/// Shortest subject that needs no topic beside it.
const LONG: usize = 4;
/// Shortest run of characters that two topics share.
const SHARED: usize = 4;

/// The subject without what says nothing; `None` where nothing is left.
pub(super) fn normal(subject: &str) -> Option<String> {
    // 签约 is no 约 before a number.
    let mut text = unfilled(subject).replace("签约", SIGNED);
    text.retain(|c| !c.is_ascii_digit() && !c.is_whitespace() && !SILENT.contains(c));
    let text = text.replace(SIGNED, "签约");
    let text =
        VERBS.iter().fold(text.as_str(), |text, verb| text.trim_end_matches(verb)).to_owned();
    (text.chars().count() >= 2).then_some(text)
}

/// Letters that stand for 签约 while single ones are taken out.
const SIGNED: &str = "签\u{e000}";
/// Words before a noun that say only that there is one.
const VERBS: [&str; 3] = ["实现", "完成", "当年"];

/// The name of what one body does alone, where a subject says no more than what is done and the
/// words around it say who does: 立案 of 镇纪委.
pub(super) fn of_body(subject: &str, around: &str) -> Option<String> {
    let bare = |deed: &str| subject == deed || subject.ends_with(&format!("纪委{deed}"));
    let mut all = OF_BODIES.iter().filter(|(deed, ..)| bare(deed));
    let (.., name) = all.find(|(_, known, _)| known.iter().any(|word| around.contains(word)))?;
    Some((*name).to_owned())
}

/// The subject as it is shown: its words stay whole.
pub(super) fn shown(subject: &str) -> Option<String> {
    let words = unfilled(subject);
    let is_mark = |c: char| SILENT.contains(c) || c.is_whitespace();
    let words = words.split(['（', '(']).next().unwrap_or_default().trim_matches(is_mark);
    let words = VERBS.iter().fold(words, |words, verb| words.trim_start_matches(verb));
    let words = words.trim_end_matches("全部").trim_end_matches(is_mark);
    (words.chars().count() >= 2).then(|| words.to_owned())
}

/// Whether a subject could be that of many figures, so that its topic has to decide.
pub(super) fn is_vague(subject: &str) -> bool {
    subject.chars().count() < LONG || is_general(subject)
}

/// Whether a subject has no words but those that every paragraph has.
pub(super) fn is_general(subject: &str) -> bool {
    without(GENERAL, subject).is_empty()
}

/// Words without those that say nothing or are in every paragraph: 成功举办第 names nothing.
pub(super) fn telling(words: &str) -> String {
    let bare = unfilled(&without(GENERAL, words));
    bare.replace("举办", "").replace("承办", "").trim_end_matches('第').to_owned()
}

/// The last run of words before a clause.
pub(super) fn last_words(before: &str) -> &str {
    let lead = before.trim_end_matches(|c: char| !c.is_alphanumeric());
    let is_mark = |c: char| ",，;；:：。、“”()（）".contains(c);
    lead.rsplit(is_mark).next().unwrap_or_default()
}

/// Words without those that say nothing of what is counted, and those for a whole town or its
/// county; a rank among the towns of a city is another one than that of its county.
fn unfilled(words: &str) -> String {
    let near = LEVELS.iter().take(2).map(|level| level.words).chain([VILLAGE]);
    near.fold(without(FILLERS, words), |words, all| without(&[all], &words))
}

/// Words without those of lists.
pub(super) fn without(lists: &[&[&str]], words: &str) -> String {
    lists.iter().copied().flatten().fold(words.to_owned(), |words, word| words.replace(word, ""))
}

/// Whether two topics speak of one thing: a longer run of characters is in both.
pub(super) fn share_topic(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let word = |run: &[char]| run.iter().all(|c| c.is_alphanumeric());
    a.windows(SHARED).filter(|run| word(run)).any(|run| b.windows(SHARED).any(|part| part == run))
}

/// Endings of a place's name, with the letters that make no name before each.
const PLACES: [(char, &str); 7] = [
    ('组', "小党作各两个工班重编分领专改全互联换督查检巡项调几数家人机设支建成立员研导核织"),
    (
        '村',
        "领年月日来村农乡新老示范薄弱空壳贫困重点些美丽居驻帮入下出个几两三四五六七八九十多政然",
    ),
    ('镇', "持来集圩建制强重小名城乡几两三四五六七八九十多个入出下年月日"),
    ('乡', "来城家返回下评选老故侨水几两三四五六七八九十多个入出下"),
    ('县', "跨外大强几两三四五六七八九十多个出"),
    ('市', "城大上超门开都集夜股楼节贸农菜百强地"),
    ('省', "跨外节出进百"),
];
/// Letters that make no name before any ending.
const NO_NAME: &str =
    "全我本各该每的在进到向和与及由从至是为被让把对等区通过经承办遍访走跑位于镇乡县";
/// Letters behind an ending that make another word of it: 村级, 村民, 市场, 镇长.
const NO_END: &str = "富村级庄委民集干里内企财容规组屯镇落居医场长政里区域外口际";
/// Endings of a body's name whose figures are its own.
const BODIES: [&str; 14] = [
    "地块",
    "党支部",
    "党总支",
    "支部",
    "总支",
    "公司",
    "学校",
    "合作社",
    "街道",
    "派出所",
    "卫生院",
    "专班",
    "社区",
    "工作站",
];
/// Letters that make no name before such an ending: 建成社区, 改扩建学校.
const NO_BODY: &str = "排开党层联年月日级内全本各该的所个家辖因但由用建成设办改扩造进入镇乡在和与及到个批导促助领织督推引";
/// Words that begin with such an ending and name no body.
const NO_BODIES: [&str; 5] = ["社区卫生", "社区建设", "社区科", "街道建设", "街道社区"];
/// Letters of a name that are looked at.
const NAME: usize = 2;

/// The names of places and bodies in a text, short, in order; those in `own` are left out.
pub(super) fn places(text: &str, own: &str) -> Vec<String> {
    let chars: Vec<char> = text.chars().collect();
    let mut found: Vec<String> = Vec::new();
    let mut keep = |name: String| {
        if !own.contains(&name) && !found.contains(&name) {
            found.push(name);
        }
    };
    for (at, c) in chars.iter().enumerate() {
        let Some((_, no_name)) = PLACES.iter().find(|(ending, _)| ending == c) else { continue };
        // 芒岗村村委会 ends its name at the first 村.
        let is_body = *c == '村' && chars.get(at + 1) == Some(&'村');
        let goes_on = !is_body && chars.get(at + 1).is_some_and(|c| NO_END.contains(*c));
        let is_name = |c: &&char| is_han(**c) && !NO_NAME.contains(**c) && !no_name.contains(**c);
        let name = chars[..at].iter().rev().take(NAME).take_while(is_name).count();
        // A name of one letter stands alone: 甲村.
        let alone = at == name || !chars.get(at - name - 1).is_some_and(|c| is_han(*c));
        // A group of villagers is named where its words begin: 上湾组自筹资金.
        // 西圩村三组 is a part of the village.
        let numeral = at.checked_sub(1).map(|before| chars[before]);
        let is_of = at.checked_sub(2).is_none_or(|before| !"分成共为每".contains(chars[before]));
        if *c == '组' && is_of && numeral.is_some_and(|c| "一二三四五六七八九十".contains(c))
        {
            keep(chars[at - 1..=at].iter().collect());
        }
        let goes_on_as = |c: &char| "织合成装建长员".contains(*c);
        let is_group = alone && name == NAME && !chars.get(at + 1).is_some_and(goes_on_as);
        let is_bound = *c != '组' || is_group;
        if !goes_on && is_bound && (name == NAME || (name == 1 && alone)) {
            keep(chars[at - name..=at].iter().collect());
        }
    }
    for ending in BODIES {
        for (byte, _) in text.match_indices(ending) {
            let before: Vec<char> = text[..byte].chars().rev().take(NAME).collect();
            // 街道各级组织 names no street, and 法治街道建设 none either.
            let goes_on = NO_BODIES.iter().any(|words| text[byte..].starts_with(words));
            // 租给水产合作社 names whom something was given to.
            let lead = text[..byte].chars().rev().nth(NAME);
            let is_given = ending == "合作社" && lead.is_some_and(|c| "给与由向和同".contains(c));
            // The school of a whole town is named as such.
            let is_central = ending == "学校" && text[..byte].ends_with("中心");
            if goes_on
                || is_given
                || is_central
                || before.len() < NAME
                || before.iter().any(|c| !is_han(*c) || NO_BODY.contains(*c))
            {
                continue;
            }
            keep(before.iter().rev().copied().chain(ending.chars()).collect());
        }
    }
    found.sort();
    found
}

/// The village that a title is of, with all letters of its name: 柏树湾村2023年述职报告.
pub(super) fn titled_village(title: &str) -> Option<String> {
    // The year of a title is no part of a name.
    let mut last = ' ';
    let bare = title.chars().map(|c| {
        let is_date = "年月日".contains(c) && last.is_ascii_digit();
        last = c;
        if is_date { ' ' } else { c }
    });
    let title = bare.collect::<String>();
    let ends = title.match_indices(['村', '社']).filter(|(at, c)| {
        let rest = &title[*at..];
        *c == "村" && !rest.starts_with("村级") || rest.starts_with("社区")
    });
    ends.into_iter().find_map(|(at, _)| {
        let lead: Vec<char> = title[..at].chars().rev().take_while(|c| is_letter(*c)).collect();
        let name: String = lead.iter().rev().collect();
        let name = name.trim_start_matches("关于").to_owned();
        let is_name = (1..=LONG_NAME).contains(&name.chars().count())
            && !NO_VILLAGES.iter().any(|word| name.ends_with(word));
        let end = if title[at..].starts_with('村') { "村" } else { "社区" };
        is_name.then(|| name + end)
    })
}

/// Whether a letter may be one of a village's name in a title; those of its town are behind it.
fn is_letter(c: char) -> bool {
    is_han(c) && !"镇乡县市区道".contains(c)
}

/// What stands before 村 or 社区 in titles and names none: 新农村, 行政村, 示范社区.
const NO_VILLAGES: [&str; 26] = [
    "新农", "农", "行政", "自然", "示范", "薄弱", "空壳", "重点", "贫困", "美丽", "宜居", "驻",
    "帮", "入", "进", "各", "全", "个", "先进", "平安", "文明", "和谐", "型", "美", "城", "老旧",
];
/// Most letters of the name of a village.
const LONG_NAME: usize = 4;

fn is_han(c: char) -> bool {
    c.is_alphabetic() && !c.is_ascii()
}

/// What the titles of materials may name: towns and above, of which two are different offices, and
/// what lies in a town, whose figures are none of the town's.
const OFFICES: [(&str, bool); 8] = [
    ("社区", true),
    ("村", true),
    ("镇", false),
    ("乡", false),
    ("街道", false),
    ("县", false),
    ("市", false),
    ("省", false),
];

/// What is planned, and what came of it.
const DRAFT: &str = "预算草案";
const OUTCOME: &str = "决算";

/// Whether the titles of two materials name different offices: another town, or one a village.
pub(super) fn are_of_others(a: &str, b: &str) -> bool {
    let is_planned = |one: &str, two: &str| one.contains(DRAFT) && two.contains(OUTCOME);
    let villages = titled_village(a).zip(titled_village(b));
    group(a) != group(b)
        || villages.is_some_and(|(one, two)| one != two)
        || (is_planned(a, b) || is_planned(b, a))
        || are_apart(a, b, OFFICES.iter())
}

/// Whether they name different towns, or different offices above them.
pub(super) fn are_apart_above(a: &str, b: &str) -> bool {
    group(a) != group(b) || are_apart(a, b, OFFICES.iter().filter(|(_, is_part)| !is_part))
}

fn are_apart<'o>(a: &str, b: &str, mut of: impl Iterator<Item = &'o (&'o str, bool)>) -> bool {
    let (a, b) = (places(a, ""), places(b, ""));
    of.any(|(ending, is_part)| {
        let named = |places: &[String]| -> Vec<String> {
            places.iter().filter(|name| name.ends_with(ending)).cloned().collect()
        };
        let (one, two) = (named(&a), named(&b));
        one.iter().all(|name| !two.contains(name))
            && (*is_part || !(one.is_empty() || two.is_empty()))
            && !(one.is_empty() && two.is_empty())
    })
}

/// The group of villagers, the lot or the term that a title names: 第三村民小组, 第一批, 第一学期.
fn group(title: &str) -> Option<&str> {
    title.match_indices('第').find_map(|(at, _)| {
        let rest = &title[at..];
        let (end, mark) = rest.char_indices().take(GROUP).find(|(_, c)| "组批期".contains(*c))?;
        // 第6期 is the number of a bulletin.
        let is_part = mark != '期' || rest[..end].ends_with('学');
        is_part.then(|| &rest[..end + mark.len_utf8()])
    })
}

/// Letters in the name of a group, with its number.
const GROUP: usize = 6;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn subjects_are_compared_by_what_they_say() {
        assert_eq!(normal("全镇共排查整治各类隐患"), normal("排查整治隐患"));
        assert_eq!(normal("公共预算收入完成"), normal("公共预算收入"));
        assert_ne!(normal("排查隐患"), normal("排查整治隐患"));
        assert_eq!(normal("全镇"), None);
    }

    #[test]
    fn general_words_need_a_topic() {
        assert!(is_vague("投入资金") && is_vague("立案") && is_vague("争取资金"));
        assert!(!is_vague("粮食播种面积") && !is_vague("雨露计划"));
        assert!(share_topic("对口帮扶协作资金", "落实对口帮扶资金"));
        assert!(!share_topic("圩镇改造,", "对口帮扶,"));
    }

    #[test]
    fn places_are_found_by_their_ending() {
        assert_eq!(places("青田村、白沙村的农村建设", "青石镇"), ["白沙村", "青田村"]);
        assert!(places("全镇、青石镇、各村", "青石镇工作总结").is_empty());
        assert_eq!(places("甲村种植", ""), ["甲村"]);
        assert_eq!(places("上湾组自筹资金", ""), ["上湾组"]);
        assert_eq!(places("下河村、柏树湾村", ""), ["树湾村"]);
        for none in [
            "硬化通组路",
            "项目进镇入村",
            "村级集体经济",
            "纪委组织惠农资金检查",
            "我们带领村两委",
            "召开支部主题党日",
            "安排街道内外",
            "9个基层党支部",
            "来镇游客",
            "法治街道建设",
            "社区建设科",
            "市场主体",
            "健康乡村建设",
            "到年底建成社区中心",
        ] {
            assert!(places(none, "").is_empty(), "{none} {:?}", places(none, ""));
        }
    }

    #[test]
    fn titles_name_the_office() {
        let others = |a: &str, b: &str| assert!(are_of_others(a, b) && are_of_others(b, a));
        others("青石镇2023年工作总结", "白沙镇2023年工作总结");
        others("青石镇2023年工作总结", "青石镇龙井村2023年工作总结");
        others("青石镇新桥社区2023年工作总结", "青石镇沿河社区2023年工作汇报");
        others("青石镇新桥社区2023年工作总结", "青石镇2023年工作总结");
        others("湖北省2023年政府工作报告", "湖南省2023年政府工作报告");
        others("石塘镇上垄村第三村民小组情况", "石塘镇上垄村第五村民小组情况");
        others("青石镇桥下村2023年总结", "青石镇岭下村2023年总结");
        others("青石中学2023—2024学年第一学期总结", "青石中学2023—2024学年第二学期总结");
        others("樟木岗镇2023年预算草案报告", "樟木岗镇2023年决算报告");
        others("石塘镇2023年项目简报（第一批）", "石塘镇2023年项目简报（第二批）");
        let same = |a: &str, b: &str| assert!(!are_of_others(a, b) && !are_of_others(b, a));
        same("青石镇2023年工作总结", "青石镇农业农村服务中心2023年工作总结");
        same("城南街道社区卫生服务中心2023年工作总结", "城南街道2023年政府工作报告");
        same("中共石榴乡委员会工作汇报", "石榴乡乡村振兴办公室总结");
        same("老街派出所2023年反诈工作情况", "老街镇2023年平安创建汇报");
    }
}
