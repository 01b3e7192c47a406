//! Words of a sentence that name nothing.
//!
//! Some stand around any figure (`共`, `不足`, `资金`); others are the verbs and adverbs
//! of report language, which say how something was done and not what.

use figure::Unit;

/// Words that may stand around a figure without naming anything, the nouns of
/// measure among them: in `奖补337户、资金38万元` the money is that of the award.
const FILLERS: &[&str] = &[
    "不少于",
    "不低于",
    "不小于",
    "不超过",
    "未超过",
    "不高于",
    "不多于",
    "不大于",
    "不突破",
    "分别为",
    "以上",
    "以下",
    "以内",
    "以外",
    "左右",
    "上下",
    "超过",
    "超出",
    "突破",
    "高于",
    "低于",
    "多于",
    "少于",
    "大于",
    "小于",
    "不足",
    "不到",
    "不满",
    "未满",
    "不超",
    "至少",
    "至多",
    "最少",
    "最多",
    "起码",
    "将近",
    "接近",
    "大约",
    "大概",
    "达到",
    "约为",
    "合计",
    "总计",
    "共计",
    "累计",
    "预计",
    "其中",
    "分别",
    "资金",
    "金额",
    "总额",
    "面积",
    "人数",
    "户数",
    "涉及",
    "惠及",
    "受益",
    "余",
    "多",
    "近",
    "约",
    "达",
    "逾",
    "超",
    "为",
    "共",
    "计",
    "均",
    "和",
    "与",
    "及",
    "并",
    "是",
    "有",
    "等",
    "的",
];

/// Verbs, adverbs and joining words that restrict nothing.
const COMMON: &str = "全年 年内 期间 今年 本年 当年 目前 现有 共有 总共 一共 先后 已经 同时 并且 以及 另外 此外 特别是 \
    积极 深入 扎实 持续 全面 大力 全力 切实 认真 不断 进一步 高质量 高标准 高效 稳步 有序 有效 及时 严格 充分 统筹 \
    成功 顺利 圆满 如期 按期 共同 主动 定期 常态化 重点 坚持 加强 加大 推进 推动 推进实施 开展 组织 召开 举办 举行 \
    完成 实现 落实 实施 发放 发展 建设 建成 新建 打造 争取 投入 投资 用于 通过 进行 做好 抓好 强化 巩固 提升 收到 \
    发现 查处 收集 解决 处理 给予 协助 帮助 参加 参与 覆盖 带动 获得 取得 形成 建立 健全 完善 保持 呈现 维持 稳定 控制 增加 \
    减少 增长 下降 提高 上升 合计 总计 各类 各项 各种 各级 各领域 各村 相关 有关 主要 其他 其它 群众 干部 单位 部门 \
    领域 行业 情况 工作 活动 任务 问题 方面 次数 数量 总数 总量 总额 金额 资金 面积 人数 户数 件数 起数 家 处 名 个 次 \
    我 本 该 各 全 已 被 由 在 对 向 从 到 至 于 把 将 给 以 用 了 着 过 中 内 里 上 下 后 前 时 其 这 那 之 也 又 再 \
    共 累计 先 均 都 仅 只 就 还 更 最终 开 办 做 抓 按 依 经 因 而 且 或 即 如 个 年 月 日";

/// Whether a segment holds a figure with its unit and nothing that names a thing.
pub(crate) fn names_nothing(segment: &str) -> bool {
    let mut rest = segment;
    while let Some(c) = rest.chars().next() {
        let filler = FILLERS.iter().find(|f| rest.starts_with(**f));
        let skip = if is_silent(c) {
            c.len_utf8()
        } else if let Some((_, length)) = Unit::at_start(rest) {
            length
        } else if let Some(filler) = filler {
            filler.len()
        } else {
            return false;
        };
        rest = &rest[skip..];
    }
    true
}

/// Words that compare a figure with an earlier one and name nothing, so that the figure is
/// that of what stands before: 产值100万元,同比增长5%.
const COMPARISONS: &[&str] = &[
    "上年同期",
    "去年同期",
    "上年度",
    "上年",
    "去年",
    "同期",
    "同比",
    "环比",
    "增长",
    "增加",
    "增幅",
    "增速",
    "提高",
    "上升",
    "下降",
    "减少",
    "降低",
    "降幅",
    "净增",
    "比",
    "较",
    "了",
];

/// Whether a segment only says how a figure changed, and not which.
pub(crate) fn only_compares(segment: &str) -> bool {
    let has = |word: &&str| word.chars().nth(1).is_some() && segment.contains(*word);
    if !COMPARISONS.iter().any(has) {
        return false;
    }
    let bare = COMPARISONS.iter().fold(segment.to_owned(), |text, word| text.replace(word, ""));
    names_nothing(&bare)
}

/// Bytes of the longest word at the beginning of a text that restricts nothing.
pub(crate) fn common_at(text: &str) -> Option<usize> {
    let words = FILLERS.iter().copied().chain(COMMON.split_whitespace());
    words.filter(|word| text.starts_with(word)).map(str::len).max()
}

/// Whether a character is a mark or a digit.
pub(crate) fn is_silent(c: char) -> bool {
    c.is_ascii_punctuation() || c.is_whitespace() || is_mark(c) || is_digit(c)
}

fn is_mark(c: char) -> bool {
    "，。；：！？、（）“”‘’《》〈〉—…·％".contains(c)
}

fn is_digit(c: char) -> bool {
    c.is_numeric() || "零〇一二两三四五六七八九十百千万亿半几".contains(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn segments_without_a_name_are_recognised() {
        for bare in [
            "156人",
            "、共156余人",
            "、资金38.605万元",
            "、面积100.65亩",
            "38.605万元,",
            "达到1.18亿元。",
            "均为30万元以上",
            "、不足156人",
            "、不满156人",
            "、不到156人",
            "、低于156人",
            "、高于156人",
            "、最多156人",
            "、至少156人",
            "、超156人",
        ] {
            assert!(names_nothing(bare), "{bare}");
        }
        for named in ["解除风险6户", "水稻3180.4亩", "未发生一起事故"] {
            assert!(!names_nothing(named), "{named}");
        }
    }
}
