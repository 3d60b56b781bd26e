//! Files of people, in the data folder, named by their SHA-256: the same file is kept once, and a changed byte shows.
use crate::kernel::{Instant, Result, fault, hex};
use crate::store::Conn;
use crate::store::schema::files;
use diesel::prelude::*;
use sha2::Digest as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};

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
        let sha256 = hex(&incoming.digest.clone().finalize());
        let target = self.path(&sha256);
        let folder = target.parent().ok_or_else(|| fault("a file lies in a folder"))?;
        std::fs::create_dir_all(folder).map_err(fault)?;
        std::fs::rename(&incoming.path, &target).map_err(fault)?;
        std::fs::File::open(folder).and_then(|folder| folder.sync_all()).map_err(fault)?;
        incoming.finished = true;
        Ok(Stored { sha256, bytes: incoming.bytes })
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
        Ok(())
    }
}

impl Incoming {
    /// Takes the next bytes.
    ///
    /// # Errors
    /// `Fault` when the disk does not take them (it is full).
    pub fn write(&mut self, bytes: &[u8]) -> Result<()> {
        self.file.write_all(bytes).map_err(fault)?;
        self.digest.update(bytes);
        self.bytes += i64::try_from(bytes.len()).unwrap_or(i64::MAX);
        let wanted = 8_192usize.saturating_sub(self.head.len()).min(bytes.len());
        self.head.extend_from_slice(bytes.get(..wanted).unwrap_or_default());
        Ok(())
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
