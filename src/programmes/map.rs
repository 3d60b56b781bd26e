//! The map of the north: outlines of its 15 municipalities, coloured by how much there is in each.
//! Any page may draw it with the macro of `templates/portal/map.html`, and then carries its credit line and the same figures in a table.
use super::places;
use std::collections::BTreeMap;
use std::sync::LazyLock;

#[derive(serde::Deserialize)]
struct Drawing {
    w: i32,
    h: i32,
    m: BTreeMap<String, Outline>,
    counties: BTreeMap<String, String>,
    loc: Inset,
}
#[derive(serde::Deserialize)]
struct Outline {
    d: String,
    lx: i32,
    ly: i32,
    lines: Vec<String>,
}
#[derive(serde::Deserialize)]
struct Inset {
    alb: String,
    north: String,
}

static DRAWING: LazyLock<Option<Drawing>> = LazyLock::new(|| serde_json::from_str(include_str!("../../config/reference/map-north.json")).ok());

/// The map with its figures.
pub struct Map {
    pub width: i32,
    pub height: i32,
    pub shapes: Vec<Shape>,
    pub counties: Vec<&'static str>,
    /// The inset: the country, and the north in it.
    pub country: &'static str,
    pub north: &'static str,
}

/// One municipality.
pub struct Shape {
    pub code: String,
    pub outline: &'static str,
    /// None, one, two, three or four, five or more: `m0` to `m4`.
    pub class: &'static str,
    pub text_class: &'static str,
    pub x: i32,
    pub y: i32,
    pub count: i64,
    /// The name in lines, each with its distance from the line above.
    pub lines: Vec<(i32, &'static str)>,
}

/// Whether every one of these municipalities is on the map.
#[must_use]
pub fn covers(municipalities: &[String]) -> bool {
    let Some(drawing) = DRAWING.as_ref() else { return false };
    !municipalities.is_empty() && municipalities.iter().all(|code| drawing.m.contains_key(places::name(code)))
}

/// Draws the map; `count` says how much there is in the municipality of this code.
#[must_use]
pub fn north(count: impl Fn(&str) -> i64) -> Option<Map> {
    let drawing = DRAWING.as_ref()?;
    let shape = |(name, outline): (&String, &'static Outline)| {
        let code = places::all().iter().find(|place| place.name == *name).map(|place| place.code.clone()).unwrap_or_default();
        let count = count(&code);
        let (class, text_class) = match count {
            ..=0 => ("m0", "z"),
            1 => ("m1", ""),
            2 => ("m2", ""),
            3..=4 => ("m3", "hi"),
            _ => ("m4", "hi"),
        };
        let lines = outline.lines.iter().enumerate().map(|(place, line)| (if count > 0 || place > 0 { 27 } else { 0 }, line.as_str())).collect();
        Shape { code, outline: &outline.d, class, text_class, x: outline.lx, y: outline.ly + if count > 0 { 14 } else { 0 }, count, lines }
    };
    Some(Map {
        width: drawing.w + 16,
        height: drawing.h + 16,
        shapes: drawing.m.iter().map(shape).collect(),
        counties: drawing.counties.values().map(String::as_str).collect(),
        country: &drawing.loc.alb,
        north: &drawing.loc.north,
    })
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_shape_is_a_known_municipality_with_its_own_figure() {
        let map = super::north(|code| i64::from(code == "kukes") * 3).unwrap();
        assert_eq!(map.shapes.len(), 15);
        assert!(map.shapes.iter().all(|shape| super::places::find(&shape.code).is_some()));
        let kukes = map.shapes.iter().find(|shape| shape.code == "kukes").unwrap();
        assert_eq!((kukes.class, kukes.text_class, kukes.count), ("m3", "hi", 3));
        assert!(super::covers(&["kukes".into(), "fushe-arrez".into()]) && !super::covers(&["tirane".into()]));
    }
}
