//! Checks and compiles the texts of both languages, and squeezes the static files, before the crate is built.
//!
//! A key or a variable that is missing in one language ends the build: Albanian and English are equals.
#![expect(clippy::expect_used, clippy::indexing_slicing, reason = "a build that cannot read its own files stops where it stands")]
use fluent_syntax::ast::{Entry, Expression, InlineExpression, Message, Pattern, PatternElement};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

#[derive(Default)]
struct Text {
    plain: Option<String>,
    variables: BTreeSet<String>,
}

fn read_inline(expression: &InlineExpression<String>, text: &mut Text) {
    match expression {
        InlineExpression::VariableReference { id } => {
            text.variables.insert(id.name.clone());
        }
        InlineExpression::Placeable { expression } => read_expression(expression, text),
        InlineExpression::FunctionReference { arguments, .. } => {
            for positional in &arguments.positional {
                read_inline(positional, text);
            }
        }
        _ => {}
    }
}

fn read_expression(expression: &Expression<String>, text: &mut Text) {
    match expression {
        Expression::Inline(inline) => read_inline(inline, text),
        Expression::Select { selector, variants } => {
            read_inline(selector, text);
            for variant in variants {
                read_pattern(&variant.value, text);
            }
        }
    }
}

fn read_pattern(pattern: &Pattern<String>, text: &mut Text) {
    for element in &pattern.elements {
        if let PatternElement::Placeable { expression } = element {
            read_expression(expression, text);
        }
    }
}

fn plain(pattern: &Pattern<String>) -> Option<String> {
    pattern
        .elements
        .iter()
        .map(|element| match element {
            PatternElement::TextElement { value } => Some(value.as_str()),
            PatternElement::Placeable { .. } => None,
        })
        .collect()
}

/// All texts of one language, and the source that fluent reads at run time.
fn read_language(language: &str, complaints: &mut Vec<String>) -> (BTreeMap<String, Text>, String) {
    let folder = format!("config/locales/{language}");
    let mut files: Vec<_> = std::fs::read_dir(&folder)
        .expect("config/locales/<language> is there")
        .map(|entry| entry.expect("a readable entry").path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "ftl"))
        .collect();
    files.sort();
    let (mut texts, mut whole) = (BTreeMap::new(), String::new());
    for file in files {
        let source = std::fs::read_to_string(&file).expect("a readable text file");
        let resource = match fluent_syntax::parser::parse(source.clone()) {
            Ok(resource) => resource,
            Err((_, errors)) => {
                for error in errors {
                    let line = source[..error.pos.start.min(source.len())].lines().count();
                    complaints.push(format!("{}:{line}: {error}", file.display()));
                }
                continue;
            }
        };
        for entry in resource.body {
            if let Entry::Message(Message { id, value: Some(pattern), .. }) = entry {
                let mut text = Text { plain: plain(&pattern), ..Text::default() };
                read_pattern(&pattern, &mut text);
                if texts.insert(id.name.clone(), text).is_some() {
                    complaints.push(format!("{}: `{}` is there twice", file.display(), id.name));
                }
            }
        }
        whole.push_str(&source);
        whole.push('\n');
    }
    (texts, whole)
}

fn compare(here: (&str, &BTreeMap<String, Text>), there: (&str, &BTreeMap<String, Text>), complaints: &mut Vec<String>) {
    for (key, text) in here.1 {
        match there.1.get(key) {
            None => complaints.push(format!("`{key}` is missing in {}", there.0)),
            Some(other) if other.variables != text.variables => {
                complaints.push(format!("`{key}` has other variables in {} than in {}", there.0, here.0));
            }
            Some(_) => {}
        }
    }
}

fn write_texts() {
    println!("cargo:rerun-if-changed=config/locales");
    let mut complaints = vec![];
    let (albanian, albanian_source) = read_language("sq", &mut complaints);
    let (english, english_source) = read_language("en", &mut complaints);
    compare(("sq", &albanian), ("en", &english), &mut complaints);
    compare(("en", &english), ("sq", &albanian), &mut complaints);
    for complaint in &complaints {
        println!("cargo::error=texts: {complaint}");
    }
    if !complaints.is_empty() {
        std::process::exit(1);
    }
    let mut out = String::new();
    writeln!(out, "pub(super) const ALBANIAN: &str = {albanian_source:?};").expect("a string takes all");
    writeln!(out, "pub(super) const ENGLISH: &str = {english_source:?};").expect("a string takes all");
    out.push_str("impl Tr {\n");
    for (key, text) in &albanian {
        let name = key.replace('-', "_");
        let other = &english[key];
        if let (Some(sq), Some(en)) = (&text.plain, &other.plain) {
            writeln!(out, "#[must_use] pub fn {name}(self) -> &'static str {{ match self.0 {{ Lang::Sq => {sq:?}, Lang::En => {en:?} }} }}")
                .expect("a string takes all");
        } else {
            let (mut parameters, mut sets) = (String::new(), String::new());
            for variable in &text.variables {
                let parameter = variable.replace('-', "_");
                write!(parameters, ", {parameter}: impl Arg<'a>").expect("a string takes all");
                write!(sets, "arguments.set({variable:?}, {parameter}.arg()); ").expect("a string takes all");
            }
            writeln!(
                out,
                "#[must_use] pub fn {name}<'a>(self{parameters}) -> String {{ let mut arguments = fluent_bundle::FluentArgs::new(); {sets} self.say({key:?}, &arguments) }}"
            )
            .expect("a string takes all");
        }
    }
    out.push_str("}\n");
    let folder = std::env::var("OUT_DIR").expect("cargo sets OUT_DIR");
    std::fs::write(Path::new(&folder).join("texts.rs"), out).expect("OUT_DIR can be written");
}

/// Static files go into the binary as they are and squeezed, so that no request pays for it.
fn squeeze_static_files() {
    println!("cargo:rerun-if-changed=templates/static");
    let target = Path::new(&std::env::var("OUT_DIR").expect("cargo sets OUT_DIR")).join("static");
    let _ = std::fs::remove_dir_all(&target);
    std::fs::create_dir_all(&target).expect("OUT_DIR can be written");
    for entry in std::fs::read_dir("templates/static").expect("templates/static is there") {
        let path = entry.expect("a readable entry").path();
        let name = path.file_name().expect("a file has a name").to_string_lossy().into_owned();
        let bytes = std::fs::read(&path).expect("a readable file");
        if ["css", "js", "svg"].iter().any(|ending| name.ends_with(ending)) {
            let mut squeezed = vec![];
            let parameters = brotli::enc::BrotliEncoderParams { quality: 11, ..Default::default() };
            brotli::BrotliCompress(&mut &bytes[..], &mut squeezed, &parameters).expect("memory takes all");
            std::fs::write(target.join(format!("{name}.br")), squeezed).expect("OUT_DIR can be written");
        }
        std::fs::write(target.join(name), bytes).expect("OUT_DIR can be written");
    }
}

fn main() {
    println!("cargo:rerun-if-changed=migrations");
    println!("cargo:rerun-if-changed=config/programmes");
    println!("cargo:rerun-if-changed=templates/letters");
    write_texts();
    squeeze_static_files();
}
