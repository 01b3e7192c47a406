//! Reading and cleaning of a report, on one core.

use pack::{load, read_directory};

use crate::rounds::{Outcome, compare};

/// Bytes of text a round: a hundred long reports.
const BYTES: usize = 2_000_000;

/// Made-up paragraphs, as dense with figures as a report is, one of them polluted.
const PARAGRAPHS: &str = "一、2023年工作总结\n\
    全年完成粮食种植面积4120.5亩,其中水稻2310.2亩,薯类、豆类1810.3亩,同比增长3.2%;实现产值1.2亿元,\
    完成全年任务的98%。召开会议12次,发展党员8名,走访群众300余户,办结率达100%。近三年来未发生一起安全责任\
    事故,综合考核位居全县第一。\n\
    鎮(zhèn)裡投資(zī)50餘萬元新建水廠2座,惠及群眾1200人,,解決飲水難題。\n\
    二、2024年工作计划\n力争新建高标准农田2000亩,村集体收入均达到30万元以上,将持续推进乡村振兴。\n";

/// Work: 2 MB of text cleaned and searched for claims with the township pack's lexicon.
pub(crate) fn run() -> Outcome<()> {
    let base = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../pack");
    let pack = load(&read_directory(&base)?, &[])?;
    let lexicon = report::lexicon(&pack);
    let text = PARAGRAPHS.repeat(BYTES / PARAGRAPHS.len() + 1);
    compare(
        "reading: 2 MB cleaned and searched for claims, one core",
        "ours <= 400 ms (5 MB a second)",
        9,
        || {
            let cleaned = prose::clean(&text);
            let found = prose::figures(&cleaned.text, &lexicon);
            if found.claims.is_empty() { Err("no claim was found".into()) } else { Ok(()) }
        },
        "the same bytes decoded to characters and written back",
        || {
            let chars: Vec<char> = text.chars().collect();
            let back: String = chars.into_iter().collect();
            if back.len() == text.len() { Ok(()) } else { Err("bytes were lost".into()) }
        },
    )
}
