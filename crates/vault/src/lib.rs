//! Encryption of the fields that tell who somebody is (names, ID numbers, phones), with the
//! national algorithms: SM4 in the mode GCM (GB/T 32907-2016, RFC 8998) and HMAC with SM3
//! (GB/T 32905-2016, GB/T 15852.2).
//!
//! There are three kinds of key. The [`MasterKey`] lies in a file of its own, never beside the
//! database, and encrypts only keys. The [`DataKey`] and the [`IndexKey`] lie in the database,
//! wrapped by the master key; the first encrypts fields and files, the second makes keyed hashes
//! by which an encrypted field can still be found. Three printed [`Share`]s, two of which are
//! enough, bring a lost master key back.
//!
//! A [`SigningKey`] is of another trade: with it a publisher signs what offices are to trust, and
//! an office holds the [`PublicKey`] (SM2 with SM3, GB/T 32918.2-2016).
//!
//! This protects a copy of the database that falls into wrong hands without the key. It does not
//! protect a computer on which the key lies open, and it does not hide how many records there are
//! or which of them share a value or a character of a name (see [`IndexKey`]). SM4 runs in
//! software with a table, so a stranger's program on the same processor could measure its time.
//!
//! Nothing here knows ledgers or databases.

mod armor;
mod data;
mod entropy;
mod error;
mod field;
mod gcm;
mod index;
mod key_file;
mod lanes;
mod master;
mod share;
mod sign;

pub use data::DataKey;
pub use entropy::Entropy;
pub use error::{TextError, VaultError};
pub use index::IndexKey;
pub use key_file::FileFault;
pub use lanes::sm3_each;
pub use master::{KeyId, MasterKey};
pub use share::{Share, combine, split};
pub use sign::{PublicKey, SIGNATURE, SignError, SigningKey};
