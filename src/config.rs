//! The settings: `config/default.toml` says every one of them with its meaning; a file and the environment may change them.
use crate::kernel::{Result, fault};
use std::path::PathBuf;

#[derive(Clone, Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    pub bind: String,
    pub address: String,
    pub data: PathBuf,
    pub database: String,
    pub workers: usize,
    pub secure_cookies: bool,
    pub behind_proxy: bool,
    pub mail: Mail,
    pub scan: Scan,
}

#[derive(Clone, Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mail {
    pub server: String,
    pub from: String,
    pub certificate: String,
    /// In seconds.
    pub patience: u64,
}

#[derive(Clone, Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scan {
    pub clamd: String,
    /// In seconds.
    pub patience: u64,
}

impl Settings {
    /// Defaults, then the file that `SUBGRANT_CONFIG` names, then `SUBGRANT_...` (`SUBGRANT_MAIL__SERVER`), then `DATABASE_URL`.
    ///
    /// # Errors
    /// `Fault` that names the setting that is unknown or of the wrong kind.
    pub fn read() -> Result<Self> {
        let mut sources = config::Config::builder().add_source(config::File::from_str(include_str!("../config/default.toml"), config::FileFormat::Toml));
        if let Ok(file) = std::env::var("SUBGRANT_CONFIG") {
            sources = sources.add_source(config::File::with_name(&file).format(config::FileFormat::Toml));
        }
        let environment = config::Environment::with_prefix("SUBGRANT")
            .prefix_separator("_")
            .separator("__")
            .try_parsing(true)
            .source(Some(std::env::vars().filter(|(name, _)| name.starts_with("SUBGRANT_") && name != "SUBGRANT_CONFIG").collect()));
        sources = sources.add_source(environment);
        let mut settings: Self = sources.build().and_then(config::Config::try_deserialize).map_err(fault)?;
        if let Ok(database) = std::env::var("DATABASE_URL")
            && !database.is_empty()
        {
            settings.database = database;
        }
        Ok(settings)
    }

    /// Where the database is: what was set, or the SQLite file in the data folder.
    #[must_use]
    pub fn database_address(&self) -> String {
        if self.database.is_empty() { format!("sqlite://{}", self.data.join("subgrant.db").display()) } else { self.database.clone() }
    }
}
