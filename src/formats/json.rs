//! As much JSON as a file of a network needs: objects of texts and lists of whole numbers in, anything out.
//!
//! A reader of all JSON, as a tree, was 6 KB of wasm; `serde_json` is thirty.

/// Reads on from one place of a text; none where something else stands there than was asked for.
#[derive(Debug)]
pub struct Reader<'a> {
    text: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    pub fn new(text: &'a str) -> Self {
        Self { text: text.as_bytes(), at: 0 }
    }

    fn peek(&self) -> u8 {
        self.text.get(self.at).copied().unwrap_or(0)
    }

    fn next(&mut self) -> u8 {
        self.at += 1;
        self.text.get(self.at - 1).copied().unwrap_or(0)
    }

    fn space(&mut self) {
        while matches!(self.peek(), b' ' | b'\t' | b'\n' | b'\r') {
            self.at += 1;
        }
    }

    /// Whether the next sign is `sign`, which is then passed.
    #[inline(never)]
    fn sign(&mut self, sign: u8) -> bool {
        self.space();
        let there = self.peek() == sign;
        self.at += usize::from(there);
        there
    }

    /// Whether nothing follows.
    pub fn ended(&mut self) -> bool {
        self.space();
        self.at == self.text.len()
    }

    /// Calls `item` at each item between two brackets.
    fn items(&mut self, [open, close]: [u8; 2], item: &mut dyn FnMut(&mut Self) -> Option<()>) -> Option<()> {
        if !self.sign(open) {
            return None;
        }
        if self.sign(close) {
            return Some(());
        }
        loop {
            item(self)?;
            if self.sign(close) {
                return Some(());
            }
            if !self.sign(b',') {
                return None;
            }
        }
    }

    /// Calls `member` at the value of each member of an object.
    pub fn object(&mut self, member: &mut dyn FnMut(&mut Self, String) -> Option<()>) -> Option<()> {
        self.items(*b"{}", &mut |reader| {
            let name = reader.text()?;
            if reader.sign(b':') { member(reader, name) } else { None }
        })
    }

    /// A list of whole numbers.
    pub fn wholes(&mut self) -> Option<Vec<usize>> {
        let mut numbers = Vec::new();
        self.items(*b"[]", &mut |reader| {
            let (leads, mut number) = (reader.sign(b'0'), 0usize);
            let from = reader.at;
            while reader.peek().is_ascii_digit() {
                number = number.checked_mul(10)?.checked_add(usize::from(reader.next() - b'0'))?;
            }
            numbers.push(number);
            // Digits, and no zero before others.
            (leads != (reader.at > from)).then_some(())
        })?;
        Some(numbers)
    }

    /// A text between quotes.
    pub fn text(&mut self) -> Option<String> {
        if !self.sign(b'"') {
            return None;
        }
        let mut text = Vec::new();
        loop {
            match self.next() {
                b'"' => return String::from_utf8(text).ok(),
                b'\\' => match self.next() {
                    sign @ (b'"' | b'\\' | b'/') => text.push(sign),
                    b'u' => {
                        let code = (0..4)
                            .try_fold(0, |code, _| Some(code * 16 + char::from(self.next()).to_digit(16)?))?;
                        // Half of a pair is no character: nothing that we look for has one.
                        let c = char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER);
                        text.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
                    }
                    b'b' | b'f' | b'n' | b'r' | b't' => text.push(b' '),
                    _ => return None,
                },
                0..b' ' => return None,
                sign => text.push(sign),
            }
        }
    }
}

/// Appends every one of `parts`. `format!` is several times as much code.
#[inline(never)]
pub fn add(into: &mut String, parts: &[&str]) {
    parts.iter().for_each(|part| into.push_str(part));
}

/// Appends `text` between quotes. Names of ours and descriptions made of them have no control characters.
pub fn quote(into: &mut String, text: &str) {
    into.push('"');
    for part in text.split_inclusive(['"', '\\']) {
        let plain = part.trim_end_matches(['"', '\\']);
        let sign = part.strip_prefix(plain).unwrap_or_default();
        add(into, &[plain, if sign.is_empty() { "" } else { "\\" }, sign]);
    }
    into.push('"');
}

/// The numbers with `between` them.
#[inline(never)]
pub fn joined(numbers: &[usize], between: &str) -> String {
    let mut text = String::new();
    for (i, number) in numbers.iter().enumerate() {
        add(&mut text, &[if i == 0 { "" } else { between }, &number.to_string()]);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{Reader, quote};

    fn texts(text: &str) -> Option<Vec<(String, String)>> {
        let (mut reader, mut found) = (Reader::new(text), Vec::new());
        reader.object(&mut |reader, name| {
            found.push((name, reader.text()?));
            Some(())
        })?;
        reader.ended().then_some(found)
    }

    fn wholes(text: &str) -> Option<Vec<usize>> {
        let mut reader = Reader::new(text);
        let found = reader.wholes()?;
        reader.ended().then_some(found)
    }

    #[test]
    fn texts_are_read_as_serde_json_reads_them() {
        for text in ["{}", " { } ", r#"{"a":"b"}"#, "{\n\"a\\\"\" : \"\\\\é\\u00e9\\/\" ,\t\"c\":\"\"}  "] {
            let theirs: std::collections::BTreeMap<String, String> = serde_json::from_str(text).expect(text);
            assert_eq!(texts(text), Some(theirs.into_iter().collect()), "{text}");
        }
        assert_eq!(
            texts("{\"a\":\"\\ud83d\\ude00\"}").map(|t| t[0].1.chars().count()),
            Some(2),
            "two halves"
        );
    }

    #[test]
    fn lists_are_read_as_serde_json_reads_them() {
        for text in [
            "[]",
            "[0]",
            "[1, 20 ,300]",
            "[18446744073709551615]",
            "[18446744073709551616]",
            "[01]",
            "[00]",
            "[-1]",
            "[1.0]",
            "[1",
            "[1,]",
            "[,1]",
            "[1 2]",
            "[+1]",
            "[a]",
            "[1]]",
            "[",
            "",
        ] {
            assert_eq!(wholes(text), serde_json::from_str(text).ok(), "{text}");
        }
    }

    #[test]
    fn what_is_not_json_is_refused() {
        for text in [
            "",
            "{",
            "{\"a\":\"b\",}",
            "{\"a\" \"b\"}",
            "{a:\"b\"}",
            "{\"a\":\"\\q\"}",
            "{\"a\":\"\\u12\"}",
            "{\"a\":\"\u{1}\"}",
            "{\"a\":\"b\"}x",
            "{\"a\":\"b\"}\0",
            "{\"a\":\"b",
            "{\"a\":\"\\",
        ] {
            assert_eq!(texts(text), None, "{text}");
        }
    }

    #[test]
    fn what_is_quoted_is_read_back() {
        for text in ["", "\"", "\\\\", "{\"kind\":\"a\\b\"}\"\"x", "é\"é"] {
            let mut quoted = String::new();
            quote(&mut quoted, text);
            assert_eq!(serde_json::from_str::<String>(&quoted).ok().as_deref(), Some(text));
            assert_eq!(Reader::new(&quoted).text().as_deref(), Some(text));
        }
    }
}
