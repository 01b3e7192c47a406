//! A backup set: opening, listing, and thinning it out.

use std::path::{Path, PathBuf};

use crate::backup::Backup;
use crate::damage::Damage;
use crate::disk;
use crate::error::Error;
use crate::folder;
use crate::lock::Lock;
use crate::manifest::Manifest;
use crate::survey::survey_and_sweep;

/// What the note says.
const NOTE_TEXT: &str = "\
这个目录是镇账的备份,请不要改名、移动或删除里面的文件。

每次备份有两个文件:“编号.json”是清单,“编号.pack”是数据。
后面的备份会用到前面备份的数据,所以只拷走其中几个文件是不够的,要拷就拷整个目录。
没有对应清单的 .pack 文件是备份中途断开留下的,下次备份会自动清理。
“编号.未通过.txt”说明这一份试恢复没有通过,恢复时会跳过它。
一个目录只放一套台账的备份。

备份里有台账、佐证材料和本单位自己的定义(local 目录里的台账、地方、指标)。备份里没有密钥:
姓名、证件号码等是加密的,恢复以后要用原来的密钥或两份密钥分片才能打开。密钥请另外保管,不要
放进这个目录。

恢复数据:在装有镇账程序的电脑上运行 zhenzhang restore,并指明这个目录。
";

/// A directory with backups. Holds no file open; several programs may read at the same time, also
/// while one of them writes.
#[derive(Clone, Debug)]
pub struct Set {
    dir: PathBuf,
}

/// A backup in a list.
#[derive(Debug)]
pub struct Listed {
    /// Its number.
    pub number: u32,
    /// Its manifest, or what is wrong with it.
    pub manifest: Result<Manifest, Damage>,
    /// Why it is not to be relied on, if it failed its trial; see [`Set::mark_failed`].
    pub failed: Option<String>,
}

/// What thinning out removed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Thinned {
    /// Numbers of the backups that are gone.
    pub backups: Vec<u32>,
    /// Numbers of the packs that are gone.
    pub packs: Vec<u32>,
    /// Bytes that those packs had.
    pub freed: u64,
}

impl Set {
    /// Opens a set for reading or writing; writes nothing, so the disk may be write-protected.
    ///
    /// # Errors
    /// [`Error::Missing`] if there is no such directory, [`Error::NotASet`] if it is another one,
    /// [`Error::Disk`].
    pub fn open(dir: &Path) -> Result<Set, Error> {
        if !dir.is_dir() {
            return Err(Error::Missing { dir: dir.to_owned() });
        }
        let known = dir.join(folder::NOTE).exists() || !folder::list(dir)?.manifests.is_empty();
        if known {
            Ok(Set { dir: dir.to_owned() })
        } else {
            Err(Error::NotASet { dir: dir.to_owned() })
        }
    }

    /// Opens a set, or makes one of a new or existing directory. Other files in it are left alone.
    ///
    /// # Errors
    /// [`Error::Disk`], [`Error::Full`].
    pub fn create_or_open(dir: &Path) -> Result<Set, Error> {
        std::fs::create_dir_all(dir).map_err(|s| Error::disk("新建备份目录", dir, s))?;
        let note = dir.join(folder::NOTE);
        if !note.exists() {
            let written = disk::write_beside(&note, NOTE_TEXT.as_bytes())
                .and_then(|unfinished| disk::rename(&unfinished, &note));
            // Two programs may make a set at once; then the other one has given it its name.
            if !note.exists() {
                written?;
            }
        }
        Set::open(dir)
    }

    /// The directory.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// All backups, oldest first. One whose manifest is damaged is in the list as such.
    ///
    /// # Errors
    /// [`Error::Disk`] if the directory cannot be listed.
    pub fn backups(&self) -> Result<Vec<Listed>, Error> {
        let listing = folder::list(&self.dir)?;
        // A manifest may go while the list is made, which is as if it had gone before.
        let listed = listing.manifests.iter().filter_map(|&number| {
            let manifest = Manifest::load(&self.dir, number).transpose()?;
            Some(Listed { number, manifest, failed: self.failed(&listing, number) })
        });
        Ok(listed.collect())
    }

    /// What the note of a failed trial says. One that cannot be read is a note all the same.
    fn failed(&self, listing: &folder::Listing, number: u32) -> Option<String> {
        let note = || std::fs::read_to_string(folder::failed(&self.dir, number));
        listing.failed.contains(&number).then(|| note().unwrap_or_default().trim().to_owned())
    }

    /// Notes beside a backup that it was tried and is not to be relied on, and why; `None` takes
    /// the note away. The backup itself stays as it is.
    ///
    /// # Errors
    /// [`Error::Disk`], [`Error::Full`].
    pub fn mark_failed(&self, number: u32, why: Option<&str>) -> Result<(), Error> {
        let note = folder::failed(&self.dir, number);
        match why {
            Some(why) => disk::rename(&disk::write_beside(&note, why.as_bytes())?, &note),
            None => disk::remove(&note),
        }
    }

    /// Numbers of packs that are newer than every manifest: a backup is under way, was
    /// interrupted, or somebody removed its manifest, without which it cannot be restored.
    ///
    /// # Errors
    /// [`Error::Disk`] if the directory cannot be listed.
    pub fn without_manifest(&self) -> Result<Vec<u32>, Error> {
        Ok(folder::list(&self.dir)?.without_manifest().collect())
    }

    /// The manifest of a backup.
    ///
    /// # Errors
    /// [`Error::NoBackup`], [`Error::Damaged`], [`Error::Disk`].
    pub fn manifest(&self, number: u32) -> Result<Manifest, Error> {
        match Manifest::load(&self.dir, number)? {
            Some(manifest) => Ok(manifest),
            None => Err(self.no_backup(number, folder::list(&self.dir)?.manifests)),
        }
    }

    /// Begins a backup that writes only chunks that no earlier backup holds.
    ///
    /// What interrupted backups left behind is removed first.
    ///
    /// # Errors
    /// [`Error::Busy`] while another program writes, [`Error::NumbersUsedUp`], [`Error::Disk`],
    /// [`Error::Full`].
    pub fn begin(&self) -> Result<Backup, Error> {
        self.begin_with(false)
    }

    /// Begins a backup that writes every chunk anew. The way out once [`Set::verify`] found
    /// damage: later backups use its chunks and no damaged ones.
    ///
    /// # Errors
    /// Those of [`Set::begin`].
    pub fn begin_full(&self) -> Result<Backup, Error> {
        self.begin_with(true)
    }

    fn begin_with(&self, full: bool) -> Result<Backup, Error> {
        let lock = Lock::take(&self.dir)?;
        let mut survey = survey_and_sweep(&self.dir)?;
        if survey.last == folder::LAST_NUMBER {
            return Err(Error::NumbersUsedUp { dir: self.dir.clone() });
        }
        if full {
            survey.chunks.clear();
        }
        Backup::begin(self.dir.clone(), survey.last + 1, survey.chunks, lock)
    }

    /// Removes all backups but those given, then the packs that no backup uses any more. A pack
    /// of which one chunk is still used stays as a whole. Interrupted, it leaves fewer backups,
    /// all of them whole, and the next backup removes the packs.
    ///
    /// Where no manifest can be read nothing is removed. The newest good backup has to stay: the
    /// newest that can be read and did not fail its trial, or that can be read if all failed.
    ///
    /// # Errors
    /// [`Error::NoBackup`] if one to keep is not there, [`Error::NewestNotKept`], [`Error::Busy`],
    /// [`Error::Disk`].
    pub fn thin(&self, keep: &[u32]) -> Result<Thinned, Error> {
        let _lock = Lock::take(&self.dir)?;
        let folder::Listing { manifests: known, failed, .. } = folder::list(&self.dir)?;
        if let Some(&number) = keep.iter().find(|number| !known.contains(number)) {
            return Err(self.no_backup(number, known));
        }
        let readable = |number: &&u32| matches!(Manifest::load(&self.dir, **number), Ok(Some(_)));
        let good = |number: &&u32| !failed.contains(number) && readable(number);
        let newest_first = || known.iter().rev();
        let Some(&newest) = newest_first().find(good).or_else(|| newest_first().find(readable))
        else {
            return Ok(Thinned::default());
        };
        if !keep.contains(&newest) {
            return Err(Error::NewestNotKept { newest });
        }
        let backups: Vec<u32> = known.into_iter().filter(|n| !keep.contains(n)).collect();
        for &number in &backups {
            disk::remove(&folder::manifest(&self.dir, number))?;
            disk::remove(&folder::failed(&self.dir, number))?;
        }
        // A pack may go only once the manifests that name it are gone for good.
        disk::sync_names(&self.dir)?;
        let removed = survey_and_sweep(&self.dir)?.removed;
        let freed = removed.iter().map(|(_, length)| length).sum();
        Ok(Thinned { backups, packs: removed.into_iter().map(|(n, _)| n).collect(), freed })
    }

    fn no_backup(&self, number: u32, known: Vec<u32>) -> Error {
        Error::NoBackup { dir: self.dir.clone(), number, known }
    }
}
