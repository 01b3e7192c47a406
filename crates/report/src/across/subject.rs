//! What a statement is about, by its words alone.

/// Words that say nothing of what is counted.
const FILLERS: &[&str] = &[
    "截至目前",
    "到目前",
    "目前",
    "全年",
    "今年以来",
    "今年",
    "年内",
    "上半年",
    "下半年",
    "我镇",
    "全镇",
    "我乡",
    "全乡",
    "本镇",
    "我县",
    "全县",
    "先后",
    "一共",
    "总共",
    "共计",
    "合计",
    "总计",
    "达到",
    "各类",
    "各项",
    "有效",
    "积极",
    "全面",
    "扎实",
    "持续",
    "深入",
    "高质量",
    "圆满",
    "顺利",
    "成功",
    "已经",
];
/// Characters that say nothing of what is counted.
const SILENT: &str = "又再另还的了为达共已约近超有在是将等其和与及、,，“”\"()（）:：";
/// Words that every paragraph of a report has.
const GENERAL: &[&str] = &[
    "总投资",
    "投资",
    "投入",
    "资金",
    "争取",
    "到位",
    "发放",
    "惠及",
    "群众",
    "受益",
    "覆盖",
    "培训",
    "参与",
    "参加",
    "人数",
    "人次",
    "人员",
    "开展",
    "活动",
    "完成",
    "建设",
    "项目",
    "新增",
    "新建",
    "实现",
    "收入",
    "产值",
    "补助",
    "补贴",
    "面积",
    "现有",
    "共有",
    "组织",
    "召开",
    "会议",
    "农户",
    "解决",
    "问题",
    "落实",
    "帮助",
    "实施",
    "年产值",
    "种植",
    "干部",
    "党员",
    "排查",
    "整改",
    "化解",
    "办理",
    "办结",
    "收到",
    "发现",
    "处理",
    "检查",
    "宣传",
    "推进",
    "征收",
    "房屋",
    "土地",
    "带动",
    "增收",
    "企业",
    "金额",
    "数量",
    "总数",
    "总额",
    "长度",
    "次数",
    "场次",
];
/// Shortest subject that needs no topic beside it.
const LONG: usize = 4;
/// Shortest run of characters that two topics share.
const SHARED: usize = 4;

/// The subject without what says nothing; `None` where nothing is left.
pub(super) fn normal(subject: &str) -> Option<String> {
    let mut text = subject.to_owned();
    for filler in FILLERS {
        text = text.replace(filler, "");
    }
    text.retain(|c| !c.is_ascii_digit() && !c.is_whitespace() && !SILENT.contains(c));
    (text.chars().count() >= 2).then_some(text)
}

/// Whether a subject could be that of many figures, so that its topic has to decide.
pub(super) fn is_vague(subject: &str) -> bool {
    let mut rest = subject.to_owned();
    for word in GENERAL {
        rest = rest.replace(word, "");
    }
    subject.chars().count() < LONG || rest.is_empty()
}

/// Whether two topics speak of one thing: a longer run of characters is in both.
pub(super) fn share_topic(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let word = |run: &[char]| run.iter().all(|c| c.is_alphanumeric());
    a.windows(SHARED).filter(|run| word(run)).any(|run| b.windows(SHARED).any(|part| part == run))
}

/// Endings of a place's name.
const PLACES: [char; 8] = ['村', '镇', '乡', '县', '市', '区', '省', '组'];
/// Endings of a body's name whose figures are its own.
const BODIES: [&str; 11] = [
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
/// Characters that stand before such an ending without a name.
const NO_NAME: &str = "全我本各该农乡镇两每个一三四五六城园山林地街社示全新老小";

/// The names of places in a text, short, in order; those in `own` are left out.
pub(super) fn places(text: &str, own: &str) -> Vec<String> {
    let chars: Vec<char> = text.chars().collect();
    let mut found: Vec<String> = Vec::new();
    for (at, c) in chars.iter().enumerate().skip(1) {
        let bare = NO_NAME.contains(chars[at - 1]) && !(*c == '区' && chars[at - 1] == '社');
        if !PLACES.contains(c) || bare {
            continue;
        }
        let from = at.saturating_sub(2);
        let name: String = chars[from..=at].iter().filter(|c| c.is_alphanumeric()).collect();
        if !own.contains(&name) && !found.contains(&name) {
            found.push(name);
        }
    }
    for ending in BODIES {
        for (byte, _) in text.match_indices(ending) {
            let before: Vec<char> = text[..byte].chars().rev().take(2).collect();
            // 街道各级组织 names no street.
            if before.first().is_none_or(|c| !c.is_alphabetic() || "年月日级内全本各".contains(*c))
            {
                continue;
            }
            let name: String = before.iter().rev().copied().chain(ending.chars()).collect();
            if !own.contains(&name) && !found.contains(&name) {
                found.push(name);
            }
        }
    }
    found.sort();
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn subjects_are_compared_by_what_they_say() {
        assert_eq!(normal("全镇共排查整治各类隐患"), normal("排查整治隐患"));
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
    }
}
