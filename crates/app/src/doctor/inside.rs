//! What is inside the database: chains, keys, columns, files, seals, definitions.

use figure::Date;
use store::{AuditProblem, FileProblem, ReadError, Tampering};

use super::{Check, Patient};

/// Problems told in words; the rest is counted.
const SHOWN: usize = 3;

/// Days that a provisional seal may wait for its final one.
const PATIENCE: i32 = 31;

/// Advice after damage.
const KEEP: &str = "请不要继续写入,保留现在的文件备查,并运行 zhenzhang audit verify 查看全部";

type Look = fn(&Patient<'_>) -> Result<Vec<Check>, ReadError>;

/// Looks at everything inside. `locked` says why the store could not be unlocked.
pub(super) fn look(patient: &Patient<'_>, locked: Option<String>, checks: &mut Vec<Check>) {
    let looks: [(&'static str, &'static str, Look); 6] = [
        ("open", "数据库", opened),
        ("audit", "审计链", chains),
        ("columns", "加密栏目", columns),
        ("files", "佐证材料", files),
        ("seals", "暂行封存", seals),
        ("definitions", "定义", definitions),
    ];
    for (id, label, look) in looks {
        match look(patient) {
            Ok(found) => checks.extend(found),
            Err(error) => checks.push(Check::bad(id, label, crate::causes(&error), KEEP)),
        }
        if id == "audit" {
            let key = keys(patient, locked.as_deref());
            let failed = |error| Check::bad("keys", "密钥", crate::causes(&error), KEEP);
            checks.push(key.unwrap_or_else(failed));
        }
    }
}

fn opened(patient: &Patient<'_>) -> Result<Vec<Check>, ReadError> {
    let found = format!("{},版本 {}", patient.store.engine(), patient.store.revision()?);
    Ok(vec![Check::good("open", "数据库", found)])
}

/// The file's structure, the audit chain and the chain of reads come from one verification.
fn chains(patient: &Patient<'_>) -> Result<Vec<Check>, ReadError> {
    let report = patient.store.audit_verify()?;
    let is_file = |p: &&AuditProblem| matches!(p.what, Tampering::FileDamaged { .. });
    let is_read = |p: &&AuditProblem| p.ledger.as_deref() == Some("zz_access");
    let problems = &report.problems;
    let file: Vec<&AuditProblem> = problems.iter().filter(is_file).collect();
    let reads: Vec<&AuditProblem> = problems.iter().filter(is_read).collect();
    let rest: Vec<&AuditProblem> = problems.iter().filter(|p| !is_file(p) && !is_read(p)).collect();
    let head: String = report.head.chars().take(16).collect();
    Ok(vec![
        verdict("integrity", "文件结构", &file, 0, "完好".to_owned()),
        verdict(
            "audit",
            "审计链",
            &rest,
            report.more,
            format!("完好,{} 条,链头 {head}…", report.entries),
        ),
        verdict("reads", "查阅记录", &reads, 0, "完好".to_owned()),
    ])
}

fn verdict(
    id: &'static str,
    label: &'static str,
    problems: &[&AuditProblem],
    more: u64,
    good: String,
) -> Check {
    if problems.is_empty() {
        return Check::good(id, label, good);
    }
    let count = problems.len() as u64 + more;
    let told = problems.iter().map(ToString::to_string);
    Check::bad(id, label, first(told, count), KEEP)
}

/// The first few of many.
fn first(told: impl Iterator<Item = String>, count: u64) -> String {
    let shown: Vec<String> = told.take(SHOWN).collect();
    let rest = count.saturating_sub(shown.len() as u64);
    let more = if rest > 0 { format!(";还有 {rest} 处") } else { String::new() };
    format!("{}{more}", shown.join(";"))
}

fn keys(patient: &Patient<'_>, locked: Option<&str>) -> Result<Check, ReadError> {
    let (id, label) = ("keys", "密钥");
    let Some(key) = patient.store.key_id()? else {
        return Ok(Check::good(id, label, "还没有,登记第一个姓名或证件号码时生成"));
    };
    let Some(found) = patient.store.check_person_keys()? else {
        let todo = "请用 --key 指明密钥文件,或用两份密钥分片恢复(zhenzhang key restore)";
        return Ok(Check::bad(id, label, locked.unwrap_or("没有密钥"), todo));
    };
    let destroyed = match found.destroyed {
        0 => String::new(),
        count => format!(",另有 {count} 人的已销毁"),
    };
    if found.broken_count == 0 {
        let found = format!("{key},{} 人的密钥都能打开{destroyed}", found.opened);
        return Ok(Check::good(id, label, found));
    }
    let persons: Vec<String> = found.broken.iter().take(SHOWN).map(i64::to_string).collect();
    let found =
        format!("{key},{} 人的密钥打不开(第 {} 号等)", found.broken_count, persons.join("、"));
    Ok(Check::bad(id, label, found, "请用这些密钥还完好的备份恢复到新文件,再核对"))
}

fn columns(patient: &Patient<'_>) -> Result<Vec<Check>, ReadError> {
    let (id, label) = ("columns", "加密栏目");
    let Ok(pack) = patient.pack else { return Ok(Vec::new()) };
    // A database without a key has no such values; one whose key is missing is told above.
    let Some(found) = patient.store.check_columns(pack, patient.how.full)? else {
        return Ok(Vec::new());
    };
    let how = if patient.how.full { "全部" } else { "抽查" };
    if found.wrong_count > 0 {
        let told = found.wrong.iter().map(|(ledger, record)| {
            let label = pack.ledgers.get(ledger).map_or(ledger, |ledger| &ledger.label);
            format!("{label}第 {record} 号记录")
        });
        let found = format!("用于查找的值与内容不符:{}", first(told, found.wrong_count));
        return Ok(vec![Check::bad(
            id,
            label,
            found,
            "有人绕过程序改过数据库;请从备份恢复到新文件核对",
        )]);
    }
    if found.unsearchable > 0 {
        let found = format!("{} 个姓名不能按其中几个字查找", found.unsearchable);
        return Ok(vec![Check::bad(id, label, found, "请运行 zhenzhang doctor --repair")]);
    }
    Ok(vec![Check::good(id, label, format!("{how} {} 个值,都相符", found.checked))])
}

fn files(patient: &Patient<'_>) -> Result<Vec<Check>, ReadError> {
    let (id, label) = ("files", "佐证材料");
    let directory = patient.options.files_directory();
    let (count, problems) = patient.store.files_at_hand(&directory)?;
    let todo = "请从备份恢复佐证材料(zhenzhang restore 到新位置,再把缺的、坏的文件拷回来)";
    let wrong = |problems: Vec<FileProblem>| {
        let many = problems.len() as u64;
        let told = problems.into_iter().map(|problem| format!("{}:{}", problem.file, problem.what));
        let found = format!("登记了 {count} 个,{many} 个文件不对:{}", first(told, many));
        vec![Check::bad(id, label, found, todo)]
    };
    if !problems.is_empty() {
        return Ok(wrong(problems));
    }
    // Opening every file takes the key and its time.
    if !patient.how.full || !patient.store.is_unlocked() || count == 0 {
        return Ok(vec![Check::good(id, label, format!("{count} 个,都在,大小都对"))]);
    }
    let problems = match patient.store.check_files(&directory) {
        Ok(problems) => problems,
        Err(error) => return Ok(vec![Check::bad(id, label, crate::causes(&error), todo)]),
    };
    if problems.is_empty() {
        return Ok(vec![Check::good(id, label, format!("{count} 个,逐个打开,都完好"))]);
    }
    Ok(wrong(problems))
}

/// A provisional seal waits until a final one of the same title is made. Waiting is in order for
/// a month; then somebody has forgotten it.
fn seals(patient: &Patient<'_>) -> Result<Vec<Check>, ReadError> {
    let (id, label) = ("seals", "暂行封存");
    let seals = patient.store.seals()?;
    let is_final = |title: &str, after: i64| {
        seals.iter().any(|seal| seal.state == "final" && seal.title == title && seal.id > after)
    };
    let mut waiting = 0_u64;
    let mut overdue = Vec::new();
    for seal in seals.iter().filter(|s| s.state == "provisional" && !is_final(&s.title, s.id)) {
        waiting += 1;
        let stamp = patient.store.stamp(seal.revision)?;
        let day = stamp.as_ref().and_then(|stamp| stamp.at.get(..10)?.parse::<Date>().ok());
        if day.is_none_or(|day| (patient.options.now - day).get_days() > PATIENCE) {
            let since = stamp.map(|stamp| stamp.at).unwrap_or_default();
            overdue.push(format!("第 {} 号《{}》({since})", seal.id, seal.title));
        }
    }
    if overdue.is_empty() {
        let found = match waiting {
            0 => "没有等待转正的".to_owned(),
            count => format!("{count} 份等待转正,都不到一个月"),
        };
        return Ok(vec![Check::good(id, label, found)]);
    }
    let many = overdue.len() as u64;
    let found = format!("等待转正超过一个月:{}", first(overdue.into_iter(), many));
    Ok(vec![Check::bad(id, label, found, "请结清相关账期,再用 zhenzhang report seal 正式封存")])
}

fn definitions(patient: &Patient<'_>) -> Result<Vec<Check>, ReadError> {
    let (id, label) = ("definitions", "定义");
    let pack = match patient.pack {
        Ok(pack) => pack,
        Err(error) => {
            let todo = "请运行 zhenzhang pack check,按提示改正";
            return Ok(vec![Check::bad(id, label, crate::causes(error), todo)]);
        }
    };
    let rehearse = "请运行 zhenzhang upgrade --rehearse 看升级后有什么不同";
    Ok(vec![match patient.store.pending(&patient.options.db, pack) {
        Err(error) => Check::bad(id, label, crate::causes(&error), rehearse),
        Ok(pending) if pending.is_none() => Check::good(id, label, "与数据库一致"),
        Ok(pending) => {
            let mut parts = Vec::new();
            if pending.definitions {
                parts.push("台账定义有变化".to_owned());
            }
            if pending.steps > 0 {
                parts.push(format!("{} 处表结构要调整", pending.steps));
            }
            if pending.places {
                parts.push("地方有变化".to_owned());
            }
            Check::bad(id, label, parts.join(","), rehearse)
        }
    }])
}
