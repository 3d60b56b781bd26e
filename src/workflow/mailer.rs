//! Posts letters: through a mail server (SMTP with STARTTLS or TLS), or as `.eml` files in the data folder when none is set.
use super::outbox::{Outcome, Posted};
use crate::config::Mail;
use crate::kernel::{Result, fault};
use lettre::message::{Mailbox, MultiPart, header};
use lettre::transport::smtp::client::{Certificate, Tls, TlsParameters};
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use std::path::PathBuf;
use std::time::Duration;

/// Where letters go.
#[derive(Clone)]
pub enum Mailer {
    /// A server that accepts and never answers must not hold the worker longer than its patience.
    Server {
        transport: AsyncSmtpTransport<Tokio1Executor>,
        from: Mailbox,
        patience: Duration,
    },
    Folder {
        folder: PathBuf,
        from: Mailbox,
    },
}

impl Mailer {
    /// To the server that the settings name (`smtps://user:password@host`, `smtp://host:587?tls=required`, `smtp://127.0.0.1:25` for none),
    /// or into `folder` when they name none.
    ///
    /// # Errors
    /// `Fault` when the address, the sender or the certificate cannot be read, or the folder cannot be made.
    pub fn open(mail: &Mail, folder: PathBuf) -> Result<Self> {
        let from: Mailbox = mail.from.parse().map_err(fault)?;
        if mail.server.is_empty() {
            std::fs::create_dir_all(&folder).map_err(fault)?;
            return Ok(Self::Folder { folder, from });
        }
        let patience = Duration::from_secs(mail.patience);
        let mut builder = AsyncSmtpTransport::<Tokio1Executor>::from_url(&mail.server).map_err(fault)?.timeout(Some(patience));
        if !mail.certificate.is_empty() {
            let certificate = Certificate::from_pem(&std::fs::read(&mail.certificate).map_err(fault)?).map_err(fault)?;
            let parameters = TlsParameters::builder(host_of(&mail.server)).add_root_certificate(certificate).build_rustls().map_err(fault)?;
            // Who names a certificate wants it used: never in plain, whatever the address says.
            builder = builder.tls(if mail.server.starts_with("smtps:") { Tls::Wrapper(parameters) } else { Tls::Required(parameters) });
        }
        Ok(Self::Server { transport: builder.build(), from, patience })
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
            Self::Server { transport, patience, .. } => match tokio::time::timeout(*patience * 2, transport.send(message)).await {
                Ok(Ok(answer)) => Outcome::Sent(answer.message().collect::<Vec<_>>().join(" ")),
                Ok(Err(error)) if error.is_permanent() && !is_about_us(&error) => Outcome::Refused(error.to_string()),
                Ok(Err(error)) => Outcome::Later(error.to_string()),
                Err(_) => Outcome::Later("the mail server did not answer".into()),
            },
        }
    }
}

/// A server that does not let us sign in says nothing about the letter: it waits until somebody has mended the settings.
fn is_about_us(error: &lettre::transport::smtp::Error) -> bool {
    error.status().is_some_and(|code| matches!(u16::from(code), 530 | 534 | 535 | 538))
}

/// `mail.example.org` in `smtp://user:password@mail.example.org:587?tls=required`.
fn host_of(address: &str) -> String {
    let rest = address.split("//").nth(1).unwrap_or_default().split(['/', '?']).next().unwrap_or_default();
    let host = rest.rsplit('@').next().unwrap_or_default();
    host.split(':').next().unwrap_or_default().to_owned()
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

#[cfg(test)]
mod tests {
    #[test]
    fn the_certificate_is_asked_for_the_host_alone() {
        for address in ["smtp://office:se%40cret@mail.example.org:587?tls=required", "smtps://mail.example.org", "smtp://mail.example.org:25/me"] {
            assert_eq!(super::host_of(address), "mail.example.org");
        }
    }
}
