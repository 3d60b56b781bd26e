//! Letters: one source under `templates/letters/`, from which subject, text and HTML are made in both languages.
//!
//! A source has the sections `--- sq`, `--- en` (each beginning with `Subject: `) and `--- short sq`, `--- short en`
//! (two lines for the reader of the other language). A line that begins with `# ` is a heading, `- ` an item,
//! `| name | value` a fact, `> ` a quotation, `=> URL words` the one button; blank lines part paragraphs.
//! An undefined value ends the action that wanted to send: no letter ever goes out with a hole in it.
use super::Subject;
use crate::kernel::{Day, Instant, Lang, Money, PersonId, ProgrammeId, Result, Tr, fault};
use minijinja::{Environment, State, UndefinedBehavior, Value};
use std::fmt::Write as _;
use std::sync::LazyLock;

/// Who gets a letter, and in which language first.
#[derive(Clone, Debug)]
pub struct Recipient {
    pub person: Option<PersonId>,
    pub name: String,
    pub email: String,
    pub lang: Lang,
}

/// A letter that an action wants to send.
#[derive(Clone, Debug)]
pub struct Letter {
    /// `E09` (rules.md 5.6): the name of its source.
    pub code: &'static str,
    pub programme: Option<ProgrammeId>,
    pub subject: Subject,
    pub to: Recipient,
    values: Value,
}

impl Letter {
    /// `values` is any serialisable struct; its fields are the source's variables.
    /// Amounts, instants, days and two-language texts pass as they are and meet the filters `euro`, `moment`, `day`, `say`.
    pub fn new(code: &'static str, programme: Option<ProgrammeId>, subject: Subject, to: &Recipient, values: impl serde::Serialize) -> Self {
        Self { code, programme, subject, to: to.clone(), values: Value::from_serialize_or_invalid(values) }
    }
}

trait FromSerialize {
    fn from_serialize_or_invalid(values: impl serde::Serialize) -> Value;
}
impl FromSerialize for Value {
    fn from_serialize_or_invalid(values: impl serde::Serialize) -> Value {
        // Through JSON, because that is how every value of the product spells itself.
        serde_json::to_value(values).map_or(Self::UNDEFINED, |json| Self::from(minijinja::value::Serde(&json)))
    }
}

/// What goes on the wire, and what the manager's page shows for years.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rendered {
    pub subject: String,
    pub text: String,
    pub html: String,
}

#[derive(rust_embed::RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/templates/letters"]
struct Sources;

static ENGINE: LazyLock<std::result::Result<Environment<'static>, String>> = LazyLock::new(|| {
    let mut engine = Environment::new();
    engine.set_undefined_behavior(UndefinedBehavior::Strict);
    let syntax = minijinja::syntax::SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).keep_trailing_newline(true).build();
    engine.set_syntax(syntax.map_err(|error| error.to_string())?);
    engine.set_auto_escape_callback(|_| minijinja::AutoEscape::None);
    // A value stays on its line: nobody's title becomes a button.
    engine.set_formatter(|out, _, value| {
        if value.is_undefined() {
            return Err(minijinja::Error::from(minijinja::ErrorKind::UndefinedError));
        }
        let text = value.to_string();
        if value.is_safe() {
            out.write_str(&text)?;
        } else {
            out.write_str(&on_one_line(&text))?;
        }
        Ok(())
    });
    engine.add_filter("euro", |state: &State<'_, '_>, text: String| parsed(&text, Money::typed).map(|amount| words_of(state).euro(amount)));
    engine.add_filter("day", |state: &State<'_, '_>, text: String| parsed(&text, |t| t.parse::<Day>().ok()).map(|day| words_of(state).day(day)));
    engine.add_filter("moment", |state: &State<'_, '_>, text: String| parsed(&text, |t| t.parse().ok().map(Instant::new)).map(|at| words_of(state).moment(at)));
    engine.add_filter("moment_exact", |state: &State<'_, '_>, text: String| {
        parsed(&text, |t| t.parse().ok().map(Instant::new)).map(|at| words_of(state).moment_exact(at))
    });
    engine.add_filter("say", |state: &State<'_, '_>, both: Value| both.get_attr(words_of(state).0.as_str()));
    engine.add_filter("quoted", |text: String| Value::from_safe_string(text.lines().map(|line| format!("> {}", line.trim())).collect::<Vec<_>>().join("\n")));
    for name in Sources::iter() {
        let Some(code) = name.strip_suffix(".txt") else { continue };
        let source = Sources::get(&name).ok_or("an embedded file is there")?;
        let text = String::from_utf8(source.data.into_owned()).map_err(|error| format!("{name}: {error}"))?;
        for (section, body) in sections(&text) {
            engine.add_template_owned(format!("{code} {section}"), body).map_err(|error| format!("{name}: {error:#}"))?;
        }
    }
    Ok(engine)
});

fn words_of(state: &State<'_, '_>) -> Tr {
    let lang = state.lookup("lang").and_then(|value| value.as_str().and_then(|word| word.parse().ok()));
    Tr(lang.unwrap_or(Lang::En))
}

fn parsed<T>(text: &str, read: impl Fn(&str) -> Option<T>) -> std::result::Result<T, minijinja::Error> {
    read(text).ok_or_else(|| minijinja::Error::new(minijinja::ErrorKind::InvalidOperation, format!("{text:?} cannot be written out")))
}

fn sections(source: &str) -> Vec<(String, String)> {
    let mut sections: Vec<(String, String)> = vec![];
    for line in source.lines() {
        if let Some(name) = line.strip_prefix("--- ") {
            sections.push((name.trim().to_owned(), String::new()));
        } else if let Some((_, body)) = sections.last_mut() {
            body.push_str(line);
            body.push('\n');
        }
    }
    sections
}

/// The codes of all letters there are, in order.
#[must_use]
pub fn codes() -> Vec<String> {
    let mut codes: Vec<String> = Sources::iter().filter_map(|name| name.strip_suffix(".txt").map(ToOwned::to_owned)).collect();
    codes.sort();
    codes
}

/// Makes subject, text and HTML of a letter.
///
/// # Errors
/// `Fault` when the source is missing or wants a value that the letter does not have.
pub fn render(letter: &Letter, address: &str) -> Result<Rendered> {
    let engine = ENGINE.as_ref().map_err(|error| fault(error.clone()))?;
    let lang = letter.to.lang;
    let say = |section: String, lang: Lang| {
        let template = engine.get_template(&format!("{} {section}", letter.code)).map_err(fault)?;
        let context = minijinja::context! { lang => lang.as_str(), address, to => letter.to.name.clone(), ..letter.values.clone() };
        template.render(context).map_err(fault)
    };
    let whole = say(lang.to_string(), lang)?;
    let other = say(format!("short {}", lang.other()), lang.other())?;
    let (first, body) = whole.trim_start().split_once('\n').ok_or_else(|| fault("a letter has a subject line and a body"))?;
    let subject = first.strip_prefix("Subject:").ok_or_else(|| fault(format!("{} does not begin with Subject:", letter.code)))?.trim().to_owned();
    let blocks = blocks(body);
    let short = on_one_line(&other);
    let signature = match lang {
        Lang::Sq => "Mund t'i përgjigjeni kësaj letre; e lexon zyra e fondit.",
        Lang::En => "You can answer this letter; the fund's office reads it.",
    };
    Ok(Rendered { text: as_text(&blocks, &short, signature, address), html: as_html(&subject, &blocks, &short, lang, signature, address), subject })
}

enum Block {
    Heading(String),
    Paragraph(String),
    Items(Vec<String>),
    Facts(Vec<(String, String)>),
    Quotation(Vec<String>),
    Button { url: String, words: String },
}

fn blocks(body: &str) -> Vec<Block> {
    let mut blocks: Vec<Block> = vec![];
    let mut joined = false;
    for line in body.lines().map(str::trim) {
        if line.is_empty() {
            joined = false;
            continue;
        }
        if let Some(heading) = line.strip_prefix("# ") {
            blocks.push(Block::Heading(heading.to_owned()));
        } else if let Some(item) = line.strip_prefix("- ") {
            if let Some(Block::Items(items)) = blocks.last_mut().filter(|_| joined) {
                items.push(item.to_owned());
            } else {
                blocks.push(Block::Items(vec![item.to_owned()]));
            }
        } else if let Some((name, value)) = line.strip_prefix("| ").and_then(|fact| fact.split_once(" | ")) {
            let fact = (name.trim().to_owned(), value.trim().to_owned());
            if let Some(Block::Facts(facts)) = blocks.last_mut().filter(|_| joined) {
                facts.push(fact);
            } else {
                blocks.push(Block::Facts(vec![fact]));
            }
        } else if let Some(quoted) = line.strip_prefix('>') {
            if let Some(Block::Quotation(lines)) = blocks.last_mut().filter(|_| joined) {
                lines.push(quoted.trim().to_owned());
            } else {
                blocks.push(Block::Quotation(vec![quoted.trim().to_owned()]));
            }
        } else if let Some((url, words)) = line.strip_prefix("=> ").and_then(|button| button.split_once(' ')) {
            blocks.push(Block::Button { url: url.to_owned(), words: words.trim().to_owned() });
        } else if let Some(Block::Paragraph(paragraph)) = blocks.last_mut().filter(|_| joined) {
            paragraph.push(' ');
            paragraph.push_str(line);
        } else {
            blocks.push(Block::Paragraph(line.to_owned()));
        }
        joined = true;
    }
    blocks
}

/// White space joined to single spaces, but for the spaces that hold an amount or a day together.
fn on_one_line(text: &str) -> String {
    let parts = text.split(|letter: char| letter.is_whitespace() && !matches!(letter, '\u{a0}' | '\u{202f}'));
    parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

fn as_text(blocks: &[Block], short: &str, signature: &str, address: &str) -> String {
    let mut out = String::new();
    for block in blocks {
        let _ = match block {
            Block::Heading(text) => writeln!(out, "{}\n", text.to_uppercase()),
            Block::Paragraph(text) => writeln!(out, "{}\n", wrapped(text)),
            Block::Items(items) => {
                for item in items {
                    let _ = writeln!(out, "- {item}");
                }
                writeln!(out)
            }
            Block::Facts(facts) => {
                for (name, value) in facts {
                    let _ = writeln!(out, "{name}: {value}");
                }
                writeln!(out)
            }
            Block::Quotation(lines) => {
                for line in lines {
                    let _ = writeln!(out, "> {line}");
                }
                writeln!(out)
            }
            Block::Button { url, words } => writeln!(out, "{words}:\n{url}\n"),
        };
    }
    let _ = write!(out, "{signature}\n\n-- \n{}\n{address}\n", wrapped(short));
    out
}

fn wrapped(text: &str) -> String {
    let mut out = String::new();
    let mut width = 0;
    for word in text.split(' ') {
        let length = word.chars().count();
        if width > 0 && width + 1 + length > 76 {
            out.push('\n');
            width = 0;
        } else if width > 0 {
            out.push(' ');
            width += 1;
        }
        out.push_str(word);
        width += length;
    }
    out
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// The rules are inside the elements because mail programs drop style sheets; no pictures, nothing remote, nothing that tracks.
fn as_html(subject: &str, blocks: &[Block], short: &str, lang: Lang, signature: &str, address: &str) -> String {
    const FONT: &str = "font:16px/1.5 system-ui,-apple-system,'Segoe UI',Roboto,'Noto Sans',sans-serif";
    let mut body = String::new();
    for block in blocks {
        let _ = match block {
            Block::Heading(text) => write!(body, "<h1 style=\"margin:0 0 16px;font-size:22px;line-height:1.25\">{}</h1>", escaped(text)),
            Block::Paragraph(text) => write!(body, "<p style=\"margin:0 0 16px\">{}</p>", escaped(text)),
            Block::Items(items) => {
                let items: String = items.iter().map(|item| format!("<li style=\"margin:0 0 6px\">{}</li>", escaped(item))).collect();
                write!(body, "<ul style=\"margin:0 0 16px;padding-left:22px\">{items}</ul>")
            }
            Block::Facts(facts) => {
                let rows: String = facts
                    .iter()
                    .map(|(name, value)| {
                        format!(
                            "<tr><td style=\"padding:6px 12px 6px 0;color:#435960;vertical-align:top\">{}</td><td style=\"padding:6px 0;font-weight:600;vertical-align:top\">{}</td></tr>",
                            escaped(name),
                            escaped(value)
                        )
                    })
                    .collect();
                write!(body, "<table role=\"presentation\" style=\"border-collapse:collapse;margin:0 0 16px\">{rows}</table>")
            }
            Block::Quotation(lines) => {
                let lines: Vec<String> = lines.iter().map(|line| escaped(line)).collect();
                write!(body, "<blockquote style=\"margin:0 0 16px;padding:8px 14px;border-left:4px solid #9cc4ca\">{}</blockquote>", lines.join("<br>"))
            }
            Block::Button { url, words } => write!(
                body,
                "<p style=\"margin:0 0 8px\"><a href=\"{0}\" style=\"display:inline-block;padding:12px 20px;background:#0b5563;color:#ffffff;text-decoration:none;border-radius:8px;font-weight:600\">{1}</a></p><p style=\"margin:0 0 16px;font-size:14px;color:#435960;word-break:break-all\">{0}</p>",
                escaped(url),
                escaped(words)
            ),
        };
    }
    format!(
        "<!doctype html><html lang=\"{lang}\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>{title}</title></head>\
         <body style=\"margin:0;background:#f3f6f5;color:#13272d;{FONT}\"><table role=\"presentation\" width=\"100%\" style=\"border-collapse:collapse\"><tr><td align=\"center\" style=\"padding:16px\">\
         <table role=\"presentation\" width=\"600\" style=\"border-collapse:collapse;max-width:600px;width:100%;background:#ffffff;text-align:left\">\
         <tr><td style=\"height:10px;background:#0a3f4b;border-bottom:3px solid #f2b632;line-height:10px;font-size:1px\">&nbsp;</td></tr>\
         <tr><td style=\"padding:28px 28px 12px\">{body}<p style=\"margin:0 0 16px\">{signature}</p></td></tr>\
         <tr><td lang=\"{other}\" style=\"padding:16px 28px 24px;border-top:1px solid #d3dcdb;font-size:14px;color:#435960\">{short}<br><a href=\"{address}\" style=\"color:#0b5563\">{address}</a></td></tr>\
         </table></td></tr></table></body></html>",
        title = escaped(subject),
        other = lang.other(),
        short = escaped(short),
        address = escaped(address),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(serde::Serialize)]
    struct Sent {
        code: &'static str,
        number: i32,
        title: &'static str,
        amount: Money,
        reference: &'static str,
        sent_on: Day,
        payment: &'static str,
    }

    #[test]
    fn a_fact_is_a_name_and_a_value_and_nothing_after_it() {
        for name in Sources::iter() {
            let text = String::from_utf8(Sources::get(&name).unwrap().data.into_owned()).unwrap();
            // The bars within braces are filters.
            let without_values = |line: &str| line.split('{').map(|piece| piece.rsplit('}').next().unwrap_or_default()).collect::<String>();
            for fact in text.lines().filter(|line| line.starts_with("| ")) {
                let bars = without_values(fact).matches(" | ").count();
                assert_eq!((bars, fact.trim_end().ends_with('|')), (1, false), "{name}: {fact}");
            }
        }
    }

    #[test]
    fn an_amount_stays_whole_at_the_end_of_a_line_and_a_title_stays_on_its_own() {
        let to = Recipient { person: None, name: "Arta\n=> http://x Press".into(), email: "arta@example.org".into(), lang: Lang::Sq };
        let values = Sent {
            code: "R1-22",
            number: 1,
            title: "Zëri\u{2028}ynë",
            amount: Money::cents(1_257_683),
            reference: "FT1",
            sent_on: "2016-11-10".parse().unwrap(),
            payment: "p",
        };
        let programme = ProgrammeId::new();
        let letter = render(&Letter::new("E25", None, Subject::Programme(programme), &to, values), "https://x").unwrap();
        for (part, text) in [("text", &letter.text), ("html", &letter.html)] {
            assert!(text.contains("12\u{a0}576,83\u{a0}€"), "{part}: {text}");
            assert!(text.contains("10\u{a0}nëntor 2016"), "{part}: {text}");
            assert!(text.contains("«Zëri ynë»") && text.contains("Arta =&gt; http://x Press") | text.contains("Arta => http://x Press"), "{part}: {text}");
        }
    }
}
