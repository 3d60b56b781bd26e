//! The second factor: codes of an authenticator app (TOTP), and the square that such an app photographs.
use crate::kernel::{Instant, Result, fault};
use qrcodegen::{QrCode, QrCodeEcc};
use std::fmt::Write as _;
use totp_rs::{Builder, Secret, Totp};

/// A new secret, in base 32.
#[must_use]
pub fn new_secret() -> String {
    Secret::generate().to_base32()
}

fn generator(secret: &str, email: &str) -> Result<Totp> {
    let secret = Secret::try_from_base32(secret).map_err(|_| fault("a second factor's secret cannot be read"))?;
    Builder::new().with_secret(secret).with_issuer(Some("Subgrant")).with_account_name(email).build().map_err(|error| fault(error.to_string()))
}

fn seconds(now: Instant) -> u64 {
    u64::try_from(now.timestamp().as_second()).unwrap_or(0)
}

/// The step of the code, among this one, the one before and the one after; None where it is no code.
///
/// # Errors
/// `Fault` when the stored secret cannot be read.
pub fn matching_step(secret: &str, typed: &str, now: Instant) -> Result<Option<u64>> {
    let code: String = typed.chars().filter(|letter| !letter.is_whitespace()).collect();
    Ok(generator(secret, "nobody@example.org")?.check(&code, seconds(now)))
}

/// The code of this moment: for tests and the demo's sign-in page.
///
/// # Errors
/// `Fault` when the secret cannot be read.
pub fn code_at(secret: &str, now: Instant) -> Result<String> {
    Ok(generator(secret, "nobody@example.org")?.generate(seconds(now)).to_string())
}

/// The secret in groups of four, as people copy it.
#[must_use]
pub fn spelled(secret: &str) -> String {
    let letters: Vec<char> = secret.chars().collect();
    letters.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}

/// The square that the app photographs, drawn inline: black on white in dark mode too, with its quiet margin.
pub struct Square(String);

impl Square {
    /// The square of this secret.
    ///
    /// # Errors
    /// `Fault` when the secret cannot be read.
    pub fn of(secret: &str, email: &str, label: &str) -> Result<Self> {
        let address = generator(secret, email)?.to_url().map_err(|error| fault(error.to_string()))?;
        let code = QrCode::encode_text(&address, QrCodeEcc::Medium).map_err(|error| fault(error.to_string()))?;
        let mut drawing = String::new();
        for y in 0..code.size() {
            for x in (0..code.size()).filter(|x| code.get_module(*x, y)) {
                let _ = write!(drawing, "M{} {}h1v1h-1z", x + 4, y + 4);
            }
        }
        let side = code.size() + 8;
        let label = label.replace(['<', '>', '&', '"'], " ");
        Ok(Self(format!(
            "<svg class=\"qr\" viewBox=\"0 0 {side} {side}\" width=\"220\" height=\"220\" role=\"img\" aria-label=\"{label}\" shape-rendering=\"crispEdges\"><rect width=\"{side}\" height=\"{side}\" fill=\"#fff\"/><path fill=\"#000\" d=\"{drawing}\"/></svg>"
        )))
    }
}
impl std::fmt::Display for Square {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}
impl askama::FastWritable for Square {
    fn write_into(&self, out: &mut dyn std::fmt::Write, _: &dyn askama::Values) -> askama::Result<()> {
        out.write_str(&self.0).map_err(Into::into)
    }
}
impl askama::filters::HtmlSafe for Square {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_of_the_neighbouring_steps_fit_and_others_do_not() {
        let secret = new_secret();
        let now = Instant::at_tirane("2017-10-20T11:00:10").unwrap();
        let code = code_at(&secret, now).unwrap();
        let step = matching_step(&secret, &code, now).unwrap().unwrap();
        assert_eq!(matching_step(&secret, &format!(" {} {}", &code[..3], &code[3..]), now.plus_seconds(30)).unwrap(), Some(step));
        assert_eq!(matching_step(&secret, &code, now.plus_seconds(-30)).unwrap(), Some(step));
        assert_ne!(matching_step(&secret, &code, now.plus_seconds(90)).unwrap(), Some(step));
        for typed in ["", "12345", "1234567", "+12345", "abcdef", "１２３４５６"] {
            assert_eq!(matching_step(&secret, typed, now).unwrap(), None, "{typed}");
        }
    }

    #[test]
    fn the_square_is_a_drawing_without_style() {
        let square = Square::of(&new_secret(), "arta@example.org", "Square \"x\"").unwrap().to_string();
        assert!(square.starts_with("<svg") && !square.contains("style") && !square.contains("\"x\""));
    }
}
