//! Posts letters: through a mail server (SMTP with STARTTLS or TLS), or as `.eml` files in the data folder when none is set.
use super::outbox::{Outcome, Posted};
use crate::kernel::{Result, fault};
use lettre::message::{Mailbox, MultiPart, header};
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use std::path::PathBuf;
use std::time::Duration;

/// Where letters go.
#[derive(Clone)]
pub enum Mailer {
    Server { transport: AsyncSmtpTransport<Tokio1Executor>, from: Mailbox },
    Folder { folder: PathBuf, from: Mailbox },
}

/// A server that accepts and never answers must not hold the worker longer than this.
const PATIENCE: Duration = Duration::from_secs(20);

impl Mailer {
    /// `smtps://user:password@host`, `smtp://host:587?tls=required`, `smtp://127.0.0.1:25` (plain), or empty for `folder`.
    ///
    /// # Errors
    /// `Fault` when the address or the sender cannot be read, or the folder cannot be made.
    pub fn open(address: &str, from: &str, folder: PathBuf) -> Result<Self> {
        let from: Mailbox = from.parse().map_err(fault)?;
        if address.is_empty() {
            std::fs::create_dir_all(&folder).map_err(fault)?;
            return Ok(Self::Folder { folder, from });
        }
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(address).map_err(fault)?.timeout(Some(PATIENCE)).build();
        Ok(Self::Server { transport, from })
    }

    /// Tries once.
    pub async fn post(&self, letter: &Posted) -> Outcome {
        let from = match self {
            Self::Server { from, .. } | Self::Folder { from, .. } => from,
        };
        let message = match message(letter, from) {
            Ok(message) => message,
            Err(error) => return Outcome::Refused(error),
        };
        match self {
            Self::Folder { folder, .. } => {
                let path = folder.join(format!("{}.eml", letter.id));
                match std::fs::write(&path, message.formatted()) {
                    Ok(()) => Outcome::Sent(format!("{}.eml", letter.id)),
                    Err(error) => Outcome::Later(error.to_string()),
                }
            }
            Self::Server { transport, .. } => match tokio::time::timeout(PATIENCE * 2, transport.send(message)).await {
                Ok(Ok(answer)) => Outcome::Sent(answer.message().collect::<Vec<_>>().join(" ")),
                Ok(Err(error)) if error.is_permanent() => Outcome::Refused(error.to_string()),
                Ok(Err(error)) => Outcome::Later(error.to_string()),
                Err(_) => Outcome::Later("the mail server did not answer".into()),
            },
        }
    }
}

fn message(letter: &Posted, from: &Mailbox) -> std::result::Result<Message, String> {
    let to: lettre::Address = letter.recipient.parse().map_err(|error| format!("{}: {error}", letter.recipient))?;
    Message::builder()
        .from(from.clone())
        .to(Mailbox::new(None, to))
        .subject(&letter.subject)
        .message_id(Some(letter.message_id.clone()))
        .date(std::time::SystemTime::from(letter.created_at.timestamp()))
        .header(header::ContentTransferEncoding::SevenBit)
        .multipart(MultiPart::alternative_plain_html(letter.text_body.clone(), letter.html_body.clone()))
        .map_err(|error| error.to_string())
}
