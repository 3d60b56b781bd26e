//! Files of people, in the data folder, named by their SHA-256: the same file is kept once, and a changed byte shows.
use crate::kernel::{Instant, Result, fault, hex};
use crate::store::Conn;
use crate::store::schema::files;
use diesel::prelude::*;
use sha2::Digest as _;
use std::io::{Read as _, Seek as _, Write as _};
use std::path::{Path, PathBuf};

/// So much of a file's beginning says what it is.
const HEAD: u64 = 8_192;

/// The folder of files.
#[derive(Clone)]
pub struct Files {
    folder: PathBuf,
}

/// A file that lies in the folder, complete and on disk.
#[derive(Clone, Debug)]
pub struct Stored {
    pub sha256: String,
    pub bytes: i64,
}

/// A file that is still coming in.
pub struct Incoming {
    path: PathBuf,
    file: std::fs::File,
    digest: sha2::Sha256,
    bytes: i64,
    /// The first bytes, to judge what kind of file it really is.
    pub head: Vec<u8>,
    finished: bool,
}

impl Files {
    /// Makes the folder where it is missing.
    ///
    /// # Errors
    /// `Fault` when the folder cannot be made.
    pub fn open(folder: &Path) -> Result<Self> {
        std::fs::create_dir_all(folder.join("incoming")).map_err(fault)?;
        Ok(Self { folder: folder.to_owned() })
    }
    /// Begins a file; nothing is visible before `finish`.
    ///
    /// # Errors
    /// `Fault` when the disk does not take it.
    pub fn begin(&self) -> Result<Incoming> {
        let path = self.folder.join("incoming").join(uuid::Uuid::new_v4().to_string());
        let file = std::fs::File::create_new(&path).map_err(fault)?;
        Ok(Incoming { path, file, digest: sha2::Sha256::new(), bytes: 0, head: vec![], finished: false })
    }
    /// Completes a file: on disk for certain, then under its name.
    ///
    /// # Errors
    /// `Fault` when the disk does not take it; nothing is left behind.
    pub fn finish(&self, mut incoming: Incoming) -> Result<Stored> {
        incoming.file.sync_all().map_err(fault)?;
        let sha256 = incoming.sha256();
        let target = self.path(&sha256);
        let folder = target.parent().ok_or_else(|| fault("a file lies in a folder"))?;
        std::fs::create_dir_all(folder).map_err(fault)?;
        std::fs::rename(&incoming.path, &target).map_err(fault)?;
        std::fs::File::open(folder).and_then(|folder| folder.sync_all()).map_err(fault)?;
        incoming.finished = true;
        Ok(Stored { sha256, bytes: incoming.bytes })
    }
    fn coming(&self, id: &str) -> PathBuf {
        self.folder.join("incoming").join(id)
    }
    /// How much of a file that comes in pieces is here.
    ///
    /// # Errors
    /// `Fault` when the disk does not say it.
    pub fn length(&self, id: &str) -> Result<i64> {
        match std::fs::metadata(self.coming(id)) {
            Ok(known) => Ok(i64::try_from(known.len()).unwrap_or(i64::MAX)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(0),
            Err(error) => Err(fault(error)),
        }
    }
    /// Adds a piece that begins at `at`, on disk for certain; how much is here then. A piece that does not begin where the file ends is
    /// left alone. Two who add the same piece at once write the same bytes to the same place.
    ///
    /// # Errors
    /// `Fault` when the disk does not take it (it is full); what it took is the right beginning of the piece, and stays.
    pub fn add(&self, id: &str, at: i64, bytes: &[u8]) -> Result<i64> {
        let here = self.length(id)?;
        if at != here {
            return Ok(here);
        }
        let mut file = std::fs::OpenOptions::new().write(true).create(true).truncate(false).open(self.coming(id)).map_err(fault)?;
        file.seek(std::io::SeekFrom::Start(u64::try_from(at).unwrap_or(0))).map_err(fault)?;
        file.write_all(bytes).and_then(|()| file.sync_data()).map_err(fault)?;
        self.length(id)
    }
    /// A file of which all pieces are here, to be judged and finished; judged badly it is gone.
    ///
    /// # Errors
    /// `Fault` when the disk does not give it.
    pub fn whole(&self, id: &str) -> Result<Incoming> {
        let path = self.coming(id);
        let mut incoming =
            Incoming { file: std::fs::File::open(&path).map_err(fault)?, path, digest: sha2::Sha256::new(), bytes: 0, head: vec![], finished: false };
        let (mut reader, mut piece) = (incoming.so_far()?, vec![0; 64 * 1_024]);
        loop {
            let read = reader.read(&mut piece).map_err(fault)?;
            if read == 0 {
                return Ok(incoming);
            }
            incoming.take(piece.get(..read).unwrap_or_default());
        }
    }
    /// The beginning of a file that is coming.
    ///
    /// # Errors
    /// `Fault` when the disk does not give it.
    pub fn beginning(&self, id: &str) -> Result<Vec<u8>> {
        let mut head = vec![];
        std::fs::File::open(self.coming(id)).map_err(fault)?.take(HEAD).read_to_end(&mut head).map_err(fault)?;
        Ok(head)
    }
    /// Takes a finished file back among those that are coming: what should have been done with it could not be done yet.
    pub fn put_back(&self, stored: &Stored, id: &str) {
        let _ = std::fs::hard_link(self.path(&stored.sha256), self.coming(id));
    }
    /// Throws away what has come of a file.
    pub fn forget(&self, id: &str) {
        let _ = std::fs::remove_file(self.coming(id));
    }
    /// Throws away what came and was left for so long, by the disk's own clock: a server that was killed tidies nothing up. How many.
    ///
    /// # Errors
    /// `Fault` when the folder cannot be read.
    pub fn sweep(&self, age: std::time::Duration) -> Result<usize> {
        let entries = std::fs::read_dir(self.folder.join("incoming")).map_err(fault)?;
        let old = |entry: &std::fs::DirEntry| {
            let changed = entry.metadata().and_then(|known| known.modified()).ok();
            changed.and_then(|at| at.elapsed().ok()).is_some_and(|since| since >= age)
        };
        Ok(entries.flatten().filter(old).filter(|entry| std::fs::remove_file(entry.path()).is_ok()).count())
    }
    /// Stores bytes that are already here.
    ///
    /// # Errors
    /// As `begin` and `finish`.
    pub fn keep(&self, bytes: &[u8]) -> Result<Stored> {
        let mut incoming = self.begin()?;
        incoming.write(bytes)?;
        self.finish(incoming)
    }
    /// Where the file with this fingerprint lies.
    #[must_use]
    pub fn path(&self, sha256: &str) -> PathBuf {
        self.folder.join(sha256.get(..2).unwrap_or("xx")).join(sha256)
    }
    /// Whether the folder takes a file now: what `/healthz` asks.
    #[must_use]
    pub fn well(&self) -> bool {
        self.begin().and_then(|mut incoming| incoming.write(b"well")).is_ok()
    }
    /// Notes the file in the database, once; inside the action that uses it.
    ///
    /// # Errors
    /// `Fault` when the database does not answer.
    pub fn note(conn: &mut Conn, stored: &Stored, now: Instant) -> Result<()> {
        let known = diesel::update(files::table.find(&stored.sha256)).set(files::bytes.eq(stored.bytes)).execute(conn)?;
        if known == 0 {
            diesel::insert_into(files::table)
                .values((files::sha256.eq(&stored.sha256), files::bytes.eq(stored.bytes), files::created_at.eq(now)))
                .execute(conn)?;
        }
        super::scans::await_scan(conn, &stored.sha256, now)
    }
}

impl Incoming {
    /// Takes the next bytes.
    ///
    /// # Errors
    /// `Fault` when the disk does not take them (it is full).
    pub fn write(&mut self, bytes: &[u8]) -> Result<()> {
        self.file.write_all(bytes).map_err(fault)?;
        self.take(bytes);
        Ok(())
    }
    fn take(&mut self, bytes: &[u8]) {
        self.digest.update(bytes);
        self.bytes += i64::try_from(bytes.len()).unwrap_or(i64::MAX);
        let wanted = usize::try_from(HEAD).unwrap_or(0).saturating_sub(self.head.len()).min(bytes.len());
        self.head.extend_from_slice(bytes.get(..wanted).unwrap_or_default());
    }
    /// The fingerprint of what is here.
    #[must_use]
    pub fn sha256(&self) -> String {
        hex(&self.digest.clone().finalize())
    }
    /// What has come so far, for reading from its beginning.
    ///
    /// # Errors
    /// `Fault` when the disk does not give it.
    pub fn so_far(&self) -> Result<std::fs::File> {
        std::fs::File::open(&self.path).map_err(fault)
    }
    #[must_use]
    pub const fn bytes(&self) -> i64 {
        self.bytes
    }
}
impl Drop for Incoming {
    fn drop(&mut self) {
        if !self.finished {
            let _ = std::fs::remove_file(&self.path);
        }
    }
}
