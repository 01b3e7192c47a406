//! Which errors are the product saying no, and which its not being able to.

use super::AppError;

impl AppError {
    /// Whether the fault lies in one file, so that those given beside it can still be answered.
    pub(crate) fn is_of_one_file(&self) -> bool {
        matches!(
            self,
            AppError::ReadFile { .. }
                | AppError::Manuscript { .. }
                | AppError::Report(_)
                | AppError::Check { .. }
        )
    }

    /// Why a deed was refused, as the chain of reads keeps it: nothing of what was given. `None`
    /// for refusals of the store, which are noted where they are met, and for what the machine
    /// could not do.
    pub(crate) fn refusal(&self) -> Option<&'static str> {
        Some(match self {
            AppError::PastIsRead => "在看以前的账",
            AppError::NoReason { .. } => "没有写原因",
            AppError::Ledger { .. } => "没有这本台账",
            AppError::Record { .. } => "没有这条记录",
            AppError::Field { .. } | AppError::NotSearchable { .. } => "没有这个栏目",
            AppError::Cell { .. } | AppError::KeyTells { .. } => "填的值不对",
            AppError::Required { .. } | AppError::Rule { .. } => "不合台账的规则",
            AppError::Step(_) => "不合办理流程",
            AppError::NoKey { .. } | AppError::Key(_) => "没有密钥",
            AppError::ReadFile { .. } => "文件读不了",
            AppError::Attach(_) => "文件不能收",
            AppError::Files(store::FileError::NoLink { .. }) => "没有这份材料",
            AppError::Files(store::FileError::Write(_)) => "不能记入",
            _ => return None,
        })
    }

    /// Whether the product understood and said no (exit code 1), or could not do anything with
    /// what it was given (exit code 2).
    pub fn is_refusal(&self) -> bool {
        if let AppError::Backup(error) = self {
            return error.is_refusal();
        }
        if let AppError::Renew(error) = self {
            return error.is_refusal();
        }
        matches!(
            self,
            AppError::Write(_)
                | AppError::Close(_)
                | AppError::SealRefused(_)
                | AppError::SealUnreadable { .. }
                | AppError::Definitions(_)
                | AppError::Number(_)
                | AppError::New(_)
        )
    }
}
