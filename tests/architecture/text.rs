//! Source text without its comments, its strings set aside: enough of a lexer for Rust and for JavaScript.

/// Code in which every string is `"n"`, n being its index in `strings`, and comments are gone.
#[derive(Debug, Default)]
pub(crate) struct Scrubbed {
    pub(crate) code: String,
    pub(crate) strings: Vec<String>,
}

#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Language {
    Rust,
    JavaScript,
}

pub(crate) fn scrub(text: &str, language: Language) -> Scrubbed {
    let mut lexer = Lexer { chars: text.chars().collect(), at: 0, language, out: Scrubbed::default() };
    lexer.code(false);
    lexer.out
}

struct Lexer {
    chars: Vec<char>,
    at: usize,
    language: Language,
    out: Scrubbed,
}

impl Lexer {
    fn peek(&self, ahead: usize) -> char {
        self.chars.get(self.at + ahead).copied().unwrap_or('\0')
    }

    fn starts(&self, what: &str) -> bool {
        what.chars().enumerate().all(|(i, c)| self.peek(i) == c)
    }

    /// Reads code to the end, or, inside `${ }`, to its brace.
    fn code(&mut self, inside: bool) {
        let mut depth = 0;
        while self.at < self.chars.len() {
            let c = self.peek(0);
            match c {
                '/' if self.starts("//") => self.skip_line(),
                '/' if self.starts("/*") => self.skip_block(),
                '"' => self.string('"'),
                '\'' if self.language == Language::JavaScript => self.string('\''),
                '\'' => self.char_or_lifetime(),
                '`' => self.template(),
                'r' if self.language == Language::Rust && self.raw_follows() => self.raw(),
                '/' if self.language == Language::JavaScript && self.regex_may_follow() => self.regex(),
                '}' if inside && depth == 0 => return,
                _ => {
                    depth += i32::from(c == '{') - i32::from(c == '}');
                    self.out.code.push(c);
                    self.at += 1;
                }
            }
        }
    }

    fn skip_line(&mut self) {
        while self.at < self.chars.len() && self.peek(0) != '\n' {
            self.at += 1;
        }
    }

    fn skip_block(&mut self) {
        let mut depth = 0;
        while self.at < self.chars.len() {
            let nests = self.language == Language::Rust || depth == 0;
            if nests && self.starts("/*") {
                (depth, self.at) = (depth + 1, self.at + 2);
            } else if self.starts("*/") {
                (depth, self.at) = (depth - 1, self.at + 2);
                if depth == 0 {
                    break;
                }
            } else {
                self.at += 1;
            }
        }
        self.out.code.push(' ');
    }

    fn keep(&mut self, text: String) {
        self.out.code += &format!("\"{}\"", self.out.strings.len());
        self.out.strings.push(text);
    }

    fn string(&mut self, quote: char) {
        let mut text = String::new();
        self.at += 1;
        while self.at < self.chars.len() && self.peek(0) != quote {
            if self.peek(0) == '\\' {
                self.at += 1;
            }
            text.push(self.peek(0));
            self.at += 1;
        }
        self.at += 1;
        self.keep(text);
    }

    fn char_or_lifetime(&mut self) {
        if self.peek(1) == '\\' || self.peek(2) == '\'' {
            self.string('\'');
        } else {
            self.out.code.push('\'');
            self.at += 1;
        }
    }

    fn raw_follows(&self) -> bool {
        let hashes = (1..).take_while(|&i| self.peek(i) == '#').count();
        let ident =
            self.at > 0 && (self.chars[self.at - 1].is_alphanumeric() || self.chars[self.at - 1] == '_');
        !ident && self.peek(1 + hashes) == '"'
    }

    fn raw(&mut self) {
        let hashes = (1..).take_while(|&i| self.peek(i) == '#').count();
        let end = format!("\"{}", "#".repeat(hashes));
        self.at += 2 + hashes;
        let mut text = String::new();
        while self.at < self.chars.len() && !self.starts(&end) {
            text.push(self.peek(0));
            self.at += 1;
        }
        self.at += end.len();
        self.keep(text);
    }

    /// A template: its text is one string, which stands before the code in it.
    fn template(&mut self) {
        let (index, mut text) = (self.out.strings.len(), String::new());
        self.keep(String::new());
        self.at += 1;
        while self.at < self.chars.len() && self.peek(0) != '`' {
            if self.starts("${") {
                self.at += 2;
                self.out.code.push(' ');
                self.code(true);
                self.at += 1;
                text.push('…');
                continue;
            }
            if self.peek(0) == '\\' {
                self.at += 1;
            }
            text.push(self.peek(0));
            self.at += 1;
        }
        self.at += 1;
        self.out.strings[index] = text;
    }

    fn regex_may_follow(&self) -> bool {
        let before = self.out.code.trim_end();
        let last = before.chars().next_back().unwrap_or(';');
        "(,=:[!&|?{};+-*%<>~^".contains(last)
            || ["return", "typeof", "case"].iter().any(|w| before.ends_with(w))
    }

    fn regex(&mut self) {
        let (mut text, mut class) = (String::new(), false);
        self.at += 1;
        while self.at < self.chars.len() && (class || self.peek(0) != '/') {
            match self.peek(0) {
                '\\' => self.at += 1,
                '[' => class = true,
                ']' => class = false,
                _ => {}
            }
            text.push(self.peek(0));
            self.at += 1;
        }
        self.at += 1;
        self.keep(text);
    }
}

/// Whether `word` stands in `code` between characters that belong to no word; `word` may hold any.
pub(crate) fn names(code: &str, word: &str) -> bool {
    let part = |c: char| c.is_alphanumeric() || c == '_' || c == '$';
    code.match_indices(word).any(|(i, _)| {
        let before = code[..i].chars().next_back();
        let after = code[i + word.len()..].chars().next();
        let open = word.starts_with(|c: char| !part(c)) || !before.is_some_and(part);
        open && (word.ends_with(|c: char| !part(c)) || !after.is_some_and(part))
    })
}

#[test]
fn comments_go_and_strings_are_set_aside() {
    let rust = scrub("a // b\n/* c /* d */ */ \"e // f\" r#\"g \" h\"# 'i' 'j '\\'' k", Language::Rust);
    assert_eq!(rust.strings, ["e // f", "g \" h", "i", "'"]);
    assert_eq!(
        rust.code.split_whitespace().collect::<Vec<_>>(),
        ["a", "\"0\"", "\"1\"", "\"2\"", "'j", "\"3\"", "k"]
    );
    let script = scrub("a = /['\"/*]/; b('c') / d // e\n `f${ g('h') }i`", Language::JavaScript);
    assert_eq!(script.strings, ["['\"/*]", "c", "f…i", "h"]);
    assert!(names(&script.code, "g") && names(&script.code, "d") && !names(&script.code, "e"));
}

#[test]
fn words_are_found_whole() {
    assert!(
        names("let document = 1", "document") && names("x.ln()", ".ln(") && names("a::thread::b", "thread")
    );
    assert!(
        !names("documented", "document") && !names("my_document", "document") && !names("x.ln_1p()", ".ln(")
    );
}
