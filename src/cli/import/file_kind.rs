//! Files that aren't a table of text in the encoding that is read.

/// What is wrong with a file that begins so, and what to do.
pub fn wrong_kind(start: &[u8], encoding_given: bool) -> Option<String> {
    const ZIP: &[u8] = b"PK\x03\x04";
    const OFFICE: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";
    if start.starts_with(ZIP) || start.starts_with(OFFICE) {
        let kind = if start.starts_with(ZIP) {
            "a zip file, like .xlsx"
        } else {
            "an old file of Office, like .xls"
        };
        return Some(format!("is {kind}: save it as CSV: in Excel, File, Save as, CSV UTF-8"));
    }
    let label = if encoding_given { None } else { utf_16(start) };
    label.map(|label| format!("is UTF-16: save it as UTF-8, or add --encoding {label}"))
}

/// Which UTF-16 it is: by its mark, or because every second byte of digits, commas and Latin
/// letters is zero.
fn utf_16(start: &[u8]) -> Option<&'static str> {
    match start {
        [0xff, 0xfe, ..] => return Some("utf-16le"),
        [0xfe, 0xff, ..] => return Some("utf-16be"),
        _ => {}
    }
    let pairs = start.len() / 2;
    let zeros = |at: usize| start.chunks_exact(2).filter(|pair| pair[at] == 0).count();
    let many = |zeros: usize, others: usize| zeros > 1 && zeros * 10 >= pairs && zeros > 20 * others;
    match (zeros(0), zeros(1)) {
        (first, second) if many(second, first) => Some("utf-16le"),
        (first, second) if many(first, second) => Some("utf-16be"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_is_no_csv_is_told_with_its_cure() {
        let utf_16 =
            |text: &str, to: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(to).collect::<Vec<u8>>();
        let cases = [
            (utf_16("id,name\nl1,Jörg\n", u16::to_le_bytes), "add --encoding utf-16le"),
            (utf_16("id,name\nl1,Jörg\n", u16::to_be_bytes), "add --encoding utf-16be"),
            (utf_16("id,имя\n1,Анна\n2,Борис\n", u16::to_le_bytes), "add --encoding utf-16le"),
            (utf_16("\u{feff}имя", u16::to_le_bytes), "add --encoding utf-16le"),
            (b"PK\x03\x04\x14\0\x06\0".to_vec(), "is a zip file, like .xlsx: save it as CSV: in Excel"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0".to_vec(), "like .xls: save it as CSV"),
        ];
        for (start, told) in &cases {
            let wrong = wrong_kind(start, false).expect("is told");
            assert!(wrong.contains(told), "{told} in {wrong}");
        }

        assert!(wrong_kind(&cases[0].0, true).is_none() && wrong_kind(&cases[4].0, true).is_some());
        for fine in ["", "i", "id,name\nl1,Ann\n", "id,a\0b\n1,x\n"] {
            assert_eq!(wrong_kind(fine.as_bytes(), false), None, "{fine:?}");
        }
    }
}
