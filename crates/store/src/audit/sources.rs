//! The definition files that are kept for seals and for questions to the past: without them what was
//! reported cannot be computed again.

use std::ops::ControlFlow;

use super::report::{AuditReport, Tampering};
use crate::digest::{Canonical, hex};
use crate::engine::Db;
use crate::failure::DatabaseError;
use crate::in_force;

/// Names files that are not what they were, and packs that lack one.
pub(super) fn check_sources(db: &Db, report: &mut AuditReport) -> Result<(), DatabaseError> {
    let sql = "select hash, text from zz_pack_file order by hash";
    let mut changed = Vec::new();
    db.each(sql, &[], |row| {
        let (hash, text): (String, String) = (row.get(0)?, row.get(1)?);
        if hex(&Canonical::default().text(&text).hash()) != hash {
            changed.push(hash);
        }
        Ok::<_, DatabaseError>(ControlFlow::Continue(()))
    })?;
    for hash in changed {
        report.add(None, Some("zz_pack_file"), None, Tampering::FileChanged { hash });
    }
    let sql = "select distinct pack from zz_pack where file not in (select hash from zz_pack_file)
               union select distinct pack from zz_seal
               where pack <> '' and pack not in (select pack from zz_pack)
               order by 1";
    let mut lacking: Vec<String> = db.column(sql, &[])?;
    lacking.extend(in_force::without_files(db)?);
    for pack in lacking {
        report.add(None, Some("zz_pack"), None, Tampering::FilesMissing { pack });
    }
    Ok(())
}
