//! A one-page PDF with a few lines of text: what the demo's organisations attach.

/// A PDF with one line for each text. Letters outside Latin-1 become `?`.
#[must_use]
pub fn pdf(lines: &[&str]) -> Vec<u8> {
    let mut text: Vec<u8> = b"BT /F1 14 Tf 20 TL 60 780 Td\n".to_vec();
    for line in lines {
        text.push(b'(');
        for letter in line.chars() {
            match letter {
                '(' | ')' | '\\' => text.extend([b'\\', u8::try_from(letter).unwrap_or(b'?')]),
                _ => text.push(u8::try_from(u32::from(letter)).unwrap_or(b'?')),
            }
        }
        text.extend(b") Tj T*\n");
    }
    text.extend(b"ET");
    let mut content = format!("<< /Length {} >>\nstream\n", text.len()).into_bytes();
    content.extend(text);
    content.extend(b"\nendstream");
    let objects: [Vec<u8>; 5] = [
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_vec(),
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>".to_vec(),
        content,
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_vec(),
    ];
    let mut file = b"%PDF-1.4\n".to_vec();
    let mut places = vec![];
    for (number, object) in objects.iter().enumerate() {
        places.push(file.len());
        file.extend(format!("{} 0 obj\n", number + 1).bytes());
        file.extend(object);
        file.extend(b"\nendobj\n");
    }
    let start = file.len();
    file.extend(format!("xref\n0 {}\n0000000000 65535 f \n", places.len() + 1).bytes());
    for place in &places {
        file.extend(format!("{place:010} 00000 n \n").bytes());
    }
    file.extend(format!("trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n", places.len() + 1).bytes());
    file
}
