//! The keys of a database: which one locks it, and the data key of each person.
//!
//! Fields that identify a person are encrypted under a data key of that person
//! (envelope encryption): the data keys and the index key lie in the database,
//! wrapped by a master key that never does. Changing the master key wraps them
//! anew and touches no ciphertext, so the audit chain, which hashes ciphertext,
//! is not disturbed; destroying a person's data key makes all that was ever
//! stored of them unreadable, in the history too, and the chain still holds.
//!
//! A person is known by the ID number in the record; a record without one has a
//! data key of its own.

use std::cell::{RefCell, RefMut};
use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;

use thiserror::Error;
use vault::{DataKey, Entropy, IndexKey, MasterKey, VaultError};

use crate::Store;
use crate::digest::hex;
use crate::engine::{Db, values};
use crate::failure::DatabaseError;
use crate::tip::hold;

/// What the wrap of the index key is bound to.
const INDEX: &[u8] = b"zhenzhang index key";

/// Data keys kept open; past this all are forgotten and opened anew.
const KEPT_KEYS: usize = 20_000;

/// What stands for a value whose key is not at hand.
pub const SEALED: &str = "〔已加密〕";

/// What stands for a value whose key was destroyed.
pub const DESTROYED: &str = "〔已销毁〕";

/// The keys that an unlocked store works with.
pub(crate) struct Keys {
    master: MasterKey,
    index: IndexKey,
    entropy: RefCell<Entropy>,
    opened: RefCell<HashMap<i64, Arc<DataKey>>>,
}

impl fmt::Debug for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Keys({})", self.master.id())
    }
}

/// Why a key could not be used.
#[derive(Debug, Error)]
pub enum KeyError {
    /// The database was locked with another key.
    #[error(
        "密钥不对:数据库用的是密钥 {expected},给的是密钥 {found};请找出 {expected} 的密钥文件或两份密钥分片"
    )]
    Other {
        /// Id of the key that the database wants.
        expected: String,
        /// Id of the key given.
        found: String,
    },
    /// The database has a key already.
    #[error("数据库已有密钥 {id};换密钥请用 zhenzhang key rotate")]
    Present {
        /// Its id.
        id: String,
    },
    /// The database has no key, so that there is nothing to change.
    #[error("数据库还没有密钥;第一次写入时会自动生成")]
    Absent,
    /// Somebody changed the key meanwhile: what the old one locks, nobody could open any more.
    #[error(
        "密钥在这期间被更换了:数据库现在用密钥 {expected},这里用的还是密钥 {found};什么也没有写入,请用新密钥再做一次"
    )]
    Rotated {
        /// Id of the key that the database wants.
        expected: String,
        /// Id of the key at hand.
        found: String,
    },
    /// The row of the key is gone, while there are persons or files that it locks.
    #[error(
        "数据库里的密钥登记(zz_key)不见了,而已有 {locked} 人或文件是用它加密的;为免登记的内容再也对不上,不另立新密钥,请从备份恢复"
    )]
    Lost {
        /// How many there are.
        locked: i64,
    },
    /// The store was not unlocked, and without the old key nothing can be wrapped anew.
    #[error("没有密钥,不能更换;请先提供现在的密钥")]
    Locked,
    /// A key failed to encrypt or decrypt.
    #[error(transparent)]
    Vault(#[from] VaultError),
    /// The engine failed.
    #[error(transparent)]
    Database(#[from] DatabaseError),
}

impl Store {
    /// Id of the master key that the database is locked with; `None` before the first.
    pub fn key_id(&self) -> Result<Option<String>, DatabaseError> {
        // Asked at every opening, before anybody wants the second connection.
        self.writer.value("select key_id from zz_key where id = 1", &[])
    }

    /// Whether identifying fields can be read and written.
    pub fn is_unlocked(&self) -> bool {
        self.keys.is_some()
    }

    /// A keyed hash of a text, in hexadecimal, where the store is unlocked: what is known of the
    /// text can be compared with it by whoever has the key, and by nobody else.
    pub fn keyed(&self, kind: &str, text: &str) -> Option<String> {
        self.keys.as_ref().map(|keys| keys.hash(kind, text))
    }

    /// Locks a new database with its first key, and unlocks it. `at` is the instant, in ISO 8601.
    pub fn install_key(
        &mut self,
        master: MasterKey,
        mut entropy: Entropy,
        at: &str,
    ) -> Result<(), KeyError> {
        let transaction = self.writer.begin_write()?;
        hold(transaction.db())?;
        if let Some(id) = transaction.db().value("select key_id from zz_key where id = 1", &[])? {
            return Err(KeyError::Present { id });
        }
        refuse_lost(transaction.db())?;
        let index = IndexKey::generate(&mut entropy)?;
        let wrapped = master.wrap_index(&index, INDEX, &mut entropy)?;
        transaction.db().execute(
            "insert into zz_key (id, key_id, index_key, at) values (1, ?1, ?2, ?3)",
            values![&master.id().to_string(), wrapped.as_slice(), at],
        )?;
        transaction.commit()?;
        self.keys = Some(Keys::new(master, index, entropy));
        Ok(())
    }

    /// Unlocks the database with its key.
    pub fn unlock(&mut self, master: MasterKey, entropy: Entropy) -> Result<(), KeyError> {
        let sql = "select key_id, index_key from zz_key where id = 1";
        let row = |row: &crate::engine::Row<'_>| {
            Ok::<(String, Vec<u8>), DatabaseError>((row.get(0)?, row.get(1)?))
        };
        let (expected, wrapped) = self.writer.first(sql, &[], row)?.ok_or(KeyError::Absent)?;
        let found = master.id().to_string();
        if found != expected {
            return Err(KeyError::Other { expected, found });
        }
        let index = master.unwrap_index(&wrapped, INDEX)?;
        self.keys = Some(Keys::new(master, index, entropy));
        Ok(())
    }

    /// Wraps all keys of the database with another master key. No ciphertext changes, so the
    /// audit chain stays as it is. Copies and backups made before still want the old key.
    pub fn rotate_key(&mut self, next: MasterKey, at: &str) -> Result<u64, KeyError> {
        let keys = self.keys.take().ok_or(KeyError::Locked)?;
        let done = rewrap(&self.writer, &keys, &next, at);
        self.keys = Some(match done {
            Ok(_) => Keys::new(next, keys.index, keys.entropy.into_inner()),
            Err(_) => keys,
        });
        done
    }
}

fn rewrap(db: &Db, keys: &Keys, next: &MasterKey, at: &str) -> Result<u64, KeyError> {
    let mut entropy = keys.entropy.borrow_mut();
    let transaction = db.begin_write()?;
    hold(db)?;
    // Somebody else may have changed it first.
    keys.check(db, current_id(db)?)?;
    let wrapped = next.wrap_index(&keys.index, INDEX, &mut entropy)?;
    db.execute(
        "update zz_key set key_id = ?1, index_key = ?2, at = ?3 where id = 1",
        values![&next.id().to_string(), wrapped.as_slice(), at],
    )?;
    let mut last = i64::MIN;
    let mut count = 0;
    loop {
        let subjects: Vec<(i64, Vec<u8>)> = db.all(
            "select id, data_key from zz_subject where id > ?1 and length(data_key) > 0
             order by id limit 5000",
            values![last],
            |row| Ok::<_, DatabaseError>((row.get(0)?, row.get(1)?)),
        )?;
        let Some((end, _)) = subjects.last() else { break };
        last = *end;
        for (id, wrapped) in &subjects {
            let key = keys.master.unwrap_data(wrapped, &binding(*id))?;
            let wrapped = next.wrap_data(&key, &binding(*id), &mut entropy)?;
            let sql = "update zz_subject set data_key = ?2 where id = ?1";
            db.execute(sql, values![*id, wrapped.as_slice()])?;
            count += 1;
        }
    }
    let files: Vec<(String, Vec<u8>)> = db.all(
        "select digest, data_key from zz_file where data_key is not null order by digest",
        &[],
        |row| Ok::<_, DatabaseError>((row.get(0)?, row.get(1)?)),
    )?;
    for (digest, wrapped) in &files {
        let key = keys.unwrap(wrapped, digest.as_bytes())?;
        let wrapped = next.wrap_data(&key, digest.as_bytes(), &mut entropy)?;
        let sql = "update zz_file set data_key = ?2 where digest = ?1";
        db.execute(sql, values![digest, wrapped.as_slice()])?;
    }
    transaction.commit()?;
    Ok(count)
}

/// Id of the key that locks the database.
fn current_id(db: &Db) -> Result<Option<String>, DatabaseError> {
    db.value("select key_id from zz_key where id = 1", &[])
}

/// Refuses a first key where there is something that another must have locked.
fn refuse_lost(db: &Db) -> Result<(), KeyError> {
    let sql = "select (select count(*) from zz_subject where length(data_key) > 0)
                    + (select count(*) from zz_file where data_key is not null)";
    match db.sole(sql, &[])? {
        0 => Ok(()),
        locked => Err(KeyError::Lost { locked }),
    }
}

/// What the wrap of a person's data key is bound to, so that no two can be swapped.
fn binding(subject: i64) -> [u8; 8] {
    subject.to_be_bytes()
}

/// A new person's data key, with its wrap, which is to be stored, behind what stands in `wraps`
/// already.
pub(crate) fn generate(
    master: &MasterKey,
    subject: i64,
    entropy: &mut Entropy,
    wraps: &mut Vec<u8>,
) -> Result<Arc<DataKey>, VaultError> {
    let key = DataKey::generate(entropy)?;
    master.wrap_data_into(&key, &binding(subject), entropy, wraps)?;
    Ok(Arc::new(key))
}

impl Keys {
    fn new(master: MasterKey, index: IndexKey, entropy: Entropy) -> Keys {
        let (entropy, opened) = (RefCell::new(entropy), RefCell::default());
        Keys { master, index, entropy, opened }
    }

    /// Refuses to lock anything new where the key was changed since it was read: whoever waits
    /// with a write while the key is changed would lock with one that is gone. To be asked under
    /// the write lock, with the id that the database has then.
    pub(crate) fn check(&self, db: &Db, expected: Option<String>) -> Result<(), KeyError> {
        let found = self.master.id().to_string();
        match expected {
            Some(expected) if expected == found => Ok(()),
            Some(expected) => Err(KeyError::Rotated { expected, found }),
            None => refuse_lost(db).and(Err(KeyError::Absent)),
        }
    }

    /// The keyed hash by which equal values of a kind are found.
    pub(crate) fn hash(&self, kind: &str, text: &str) -> String {
        hex(&self.index.hash(kind, text))
    }

    /// The keyed hashes of the parts of a name, one after the other.
    pub(crate) fn tokens(&self, kind: &str, name: &str) -> Vec<u8> {
        self.index.tokens(kind, name).concat()
    }

    /// The keyed hashes that a name with this part has among its own.
    pub(crate) fn query_tokens(&self, kind: &str, part: &str) -> Vec<[u8; 8]> {
        self.index.query_tokens(kind, part)
    }

    /// A new person's data key, and its wrap to be stored.
    pub(crate) fn generate(&self, subject: i64) -> Result<(Arc<DataKey>, Vec<u8>), VaultError> {
        let mut wrapped = Vec::new();
        let key = generate(&self.master, subject, &mut self.entropy(), &mut wrapped)?;
        self.keep(subject, &key);
        Ok((key, wrapped))
    }

    pub(crate) fn seal(
        &self,
        key: &DataKey,
        text: &str,
        bound: &[u8],
    ) -> Result<Vec<u8>, VaultError> {
        key.seal(text, bound, &mut self.entropy())
    }

    /// The random bytes. Nobody else draws any meanwhile.
    pub(crate) fn entropy(&self) -> RefMut<'_, Entropy> {
        self.entropy.borrow_mut()
    }

    /// The keys that all persons share.
    pub(crate) fn shared(&self) -> (&MasterKey, &IndexKey) {
        (&self.master, &self.index)
    }

    /// A new data key bound to something else than a person, and its wrap to be stored.
    pub(crate) fn new_key(&self, db: &Db, bound: &[u8]) -> Result<(DataKey, Vec<u8>), KeyError> {
        self.check(db, current_id(db)?)?;
        let mut entropy = self.entropy.borrow_mut();
        let key = DataKey::generate(&mut entropy)?;
        let wrapped = self.master.wrap_data(&key, bound, &mut entropy)?;
        Ok((key, wrapped))
    }

    /// Opens the wrap that [`Keys::new_key`] gave.
    pub(crate) fn unwrap(&self, wrapped: &[u8], bound: &[u8]) -> Result<DataKey, VaultError> {
        self.master.unwrap_data(wrapped, bound)
    }

    pub(crate) fn seal_bytes(
        &self,
        key: &DataKey,
        bytes: &[u8],
        bound: &[u8],
    ) -> Result<Vec<u8>, VaultError> {
        key.seal_bytes(bytes, bound, &mut self.entropy.borrow_mut())
    }

    /// A person's data key; `None` if it was destroyed or never was.
    pub(crate) fn data_key(&self, db: &Db, subject: i64) -> Result<Option<Arc<DataKey>>, KeyError> {
        if let Some(key) = self.opened.borrow().get(&subject) {
            return Ok(Some(Arc::clone(key)));
        }
        let sql = "select data_key from zz_subject where id = ?1";
        let wrapped: Option<Option<Vec<u8>>> = db.value(sql, values![subject])?;
        // Empty in a database that was rewound to before the key was destroyed; see `rewind`.
        let wrapped = wrapped.flatten().filter(|wrapped| !wrapped.is_empty());
        let Some(wrapped) = wrapped else { return Ok(None) };
        let key = Arc::new(self.master.unwrap_data(&wrapped, &binding(subject))?);
        self.keep(subject, &key);
        Ok(Some(key))
    }

    /// Whether a person's wrapped data key opens.
    pub(crate) fn opens(&self, subject: i64, wrapped: &[u8]) -> bool {
        self.master.unwrap_data(wrapped, &binding(subject)).is_ok()
    }

    fn keep(&self, subject: i64, key: &Arc<DataKey>) {
        let mut opened = self.opened.borrow_mut();
        if opened.len() >= KEPT_KEYS {
            opened.clear();
        }
        opened.insert(subject, Arc::clone(key));
    }

    /// Forgets a person's data key, after it was destroyed.
    pub(crate) fn forget(&self, subject: i64) {
        self.opened.borrow_mut().remove(&subject);
    }

    /// Forgets all data keys that are open.
    pub(crate) fn forget_all(&self) {
        self.opened.borrow_mut().clear();
    }

    /// Fresh random bytes.
    pub(crate) fn random(&self) -> Result<[u8; 16], VaultError> {
        let mut bytes = [0; 16];
        self.entropy.borrow_mut().fill(&mut bytes)?;
        Ok(bytes)
    }
}
