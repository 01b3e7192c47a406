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
