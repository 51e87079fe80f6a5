//! The figures of the house: how wide comments are, whether long functions have paragraphs, how
//! much is explained inside functions, and how long functions and files are.
//!
//! `cargo test --test it -- figures --nocapture` prints them room by room.

use std::collections::BTreeMap;
use std::path::Path;

use regex::Regex;

use super::{files, read, root};

/// The widest comment, in characters.
const WIDEST: usize = 100;

/// The most columns of a comment of an RPC: in generated Rust it is indented further.
const WIDEST_OF_RPC: usize = 93;

/// A function of so many lines or more needs a blank line inside.
const LONG: usize = 16;

/// A room with fewer long functions counts only as a part of its tree.
const FEW: usize = 5;

/// What a tree is held to. A number that is worse than the goal is what the tree has reached: raise
/// it with the tree.
struct Held {
    tree: &'static str,
    /// The most comment lines wider than [`WIDEST`]. Goal: 0.
    wide_comments: usize,
    /// The least share of long functions with a blank line inside, in percent. Goal: 80.
    paragraphs: usize,
    /// Like `paragraphs`, but for each room. Goal: 80.
    paragraphs_of_each_room: usize,
    /// The least share of lines that are comments inside functions, in per mille. Goal for `src`:
    /// 30.
    inline_comments: usize,
    /// The most lines of the median function, blank ones not counted. Goal for `src`: 8.
    median_function: usize,
    /// The most lines of the median file, blank ones and tests in it not counted. Goal for `src`:
    /// 110.
    median_file: usize,
}

const HELD: [Held; 3] = [
    Held {
        tree: "src",
        wide_comments: 0,
        paragraphs: 80,
        paragraphs_of_each_room: 80,
        inline_comments: 14,
        median_function: 8,
        median_file: 110,
    },
    Held {
        tree: "tests/it",
        wide_comments: 0,
        paragraphs: 80,
        paragraphs_of_each_room: 80,
        inline_comments: 5,
        median_function: 10,
        median_file: 155,
    },
    Held {
        tree: "benches/upnext",
        wide_comments: 0,
        paragraphs: 80,
        paragraphs_of_each_room: 80,
        inline_comments: 5,
        median_function: 10,
        median_file: 85,
    },
];

/// What a room or a tree has.
#[derive(Default)]
struct Figures {
    lines: usize,
    wide_comments: Vec<String>,
    inline_comments: usize,
    /// The lengths of functions, without blank lines: a paragraph costs nothing.
    functions: Vec<usize>,
    /// The lengths of files, without blank lines and the tests in them.
    files: Vec<usize>,
    long: usize,
    /// The long functions without a blank line inside.
    solid: Vec<String>,
}

impl Figures {
    fn read(&mut self, path: &Path) {
        let text = read(path);
        let shown = path.strip_prefix(root()).expect("below the root").display().to_string();
        let lines: Vec<&str> = text.lines().collect();
        self.lines += lines.len();
        self.files.extend(length_without_tests(path, &text));
        self.wide_comments.extend(wide_comments(&shown, &text));
        self.inline_comments += lines.iter().filter(|line| is_inline_comment(line)).count();

        for Function { name, first, last } in functions(&lines) {
            let blank = lines[first..=last].iter().filter(|line| line.is_empty()).count();
            let length = last - first + 1;
            self.functions.push(length - blank);
            if length >= LONG {
                self.long += 1;
                if blank == 0 {
                    self.solid.push(format!("{shown}:{} {name}", first + 1));
                }
            }
        }
    }

    fn add(&mut self, other: &Self) {
        self.lines += other.lines;
        self.wide_comments.extend_from_slice(&other.wide_comments);
        self.inline_comments += other.inline_comments;
        self.functions.extend_from_slice(&other.functions);
        self.files.extend_from_slice(&other.files);
        self.long += other.long;
        self.solid.extend_from_slice(&other.solid);
    }

    /// How many of a hundred long functions have a blank line inside.
    fn paragraphs(&self) -> usize {
        ((self.long - self.solid.len()) * 100).checked_div(self.long).unwrap_or(100)
    }

    fn inline_per_mille(&self) -> usize {
        (self.inline_comments * 1000).checked_div(self.lines).unwrap_or(0)
    }

    fn print(&self, name: &str) {
        println!(
            "{name:24} {:3} files, median {:3}; {:4} functions, median {:2}; {:3} long, {:3} % with \
             paragraphs; {:3} wide comments; {:2} ‰ inline comments",
            self.files.len(),
            median(&self.files),
            self.functions.len(),
            median(&self.functions),
            self.long,
            self.paragraphs(),
            self.wide_comments.len(),
            self.inline_per_mille(),
        );
    }
}

/// A function's name and its lines, counted from 0.
struct Function {
    name: String,
    first: usize,
    last: usize,
}

/// The functions of a file that rustfmt has written: each ends with a brace as far in as it begins.
fn functions(lines: &[&str]) -> Vec<Function> {
    let start =
        Regex::new(r"^(\s*)(?:pub(?:\([^)]*\))? )?(?:const )?(?:async )?fn (\w+)").expect("a pattern");
    let mut found = Vec::new();

    for (first, line) in lines.iter().enumerate() {
        let Some(captures) = start.captures(line) else { continue };
        let end = format!("{}}}", &captures[1]);
        let declared =
            |line: &str| line.ends_with(';') && line.trim_start().len() + captures[1].len() == line.len();
        let last = match line.ends_with('}') || line.ends_with(';') {
            true => Some(first),
            false => lines[first + 1..]
                .iter()
                .position(|line| *line == end || declared(line))
                .map(|behind| first + 1 + behind),
        };
        if let Some(last) = last.filter(|last| lines[*last].ends_with('}')) {
            found.push(Function { name: captures[2].to_owned(), first, last });
        }
    }
    found
}

fn is_inline_comment(line: &str) -> bool {
    let line = line.trim_start();
    line.starts_with("//") && !line.starts_with("///") && !line.starts_with("//!")
}

fn wide_comments(shown: &str, text: &str) -> Vec<String> {
    let lines = text.lines().enumerate();
    let wide = lines.filter(|(_, line)| line.trim_start().starts_with("//") && line.chars().count() > WIDEST);
    wide.map(|(index, _)| format!("{shown}:{}", index + 1)).collect()
}

/// Comments of RPCs that are too wide in generated Rust.
fn wide_comments_of_rpcs(shown: &str, text: &str) -> Vec<String> {
    let services = text.split("\nservice ").skip(1).filter_map(|service| service.split("\n}").next());
    let lines = services.flat_map(str::lines).filter(|line| line.starts_with("  //"));
    let wide = lines.filter(|line| line.chars().count() > WIDEST_OF_RPC);
    wide.map(|line| format!("{shown}: {line}")).collect()
}

/// None for a file that is nothing but tests.
fn length_without_tests(path: &Path, text: &str) -> Option<usize> {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    if path.starts_with(root().join("src")) && stem.ends_with("tests") {
        return None;
    }
    let code = text.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
    Some(code.lines().filter(|line| !line.is_empty()).count())
}

fn median(lengths: &[usize]) -> usize {
    let mut lengths = lengths.to_vec();
    lengths.sort_unstable();
    lengths.get(lengths.len() / 2).copied().unwrap_or_default()
}

/// The figures of each room of a tree: of each folder in it, and of the files beside them.
fn rooms(tree: &str) -> BTreeMap<String, Figures> {
    let mut rooms: BTreeMap<String, Figures> = BTreeMap::new();
    let tree = root().join(tree);
    for path in files(&tree) {
        let inside = path.strip_prefix(&tree).expect("is in the tree");
        let folder = inside.parent().and_then(|folder| folder.iter().next());
        let room = folder.map_or(String::new(), |folder| folder.to_string_lossy().into_owned());
        rooms.entry(room).or_default().read(&path);
    }
    rooms
}

impl Held {
    /// What of the tree is worse than it is held to.
    fn broken(&self) -> Vec<String> {
        let (rooms, mut whole, mut broken) = (rooms(self.tree), Figures::default(), Vec::new());
        for (name, room) in &rooms {
            let name = format!("{}/{name}", self.tree);
            room.print(&name);
            whole.add(room);
            if room.long >= FEW && room.paragraphs() < self.paragraphs_of_each_room {
                broken.push(format!("{name}: long functions without paragraphs: {:#?}", room.solid));
            }
        }
        whole.print(self.tree);

        let wide = whole.wide_comments.len();
        if wide > self.wide_comments {
            let (most, lines) = (self.wide_comments, &whole.wide_comments);
            broken.push(format!("comments wider than {WIDEST}: {wide}, more than {most}: {lines:#?}"));
        }
        let least = [
            ("% of long functions with paragraphs", whole.paragraphs(), self.paragraphs),
            ("‰ of inline comments", whole.inline_per_mille(), self.inline_comments),
        ];
        let few = least.iter().filter(|(_, is, least)| is < least);
        broken.extend(few.map(|(what, is, least)| format!("{is} {what}, fewer than {least}")));
        let most = [
            ("lines of the median function", median(&whole.functions), self.median_function),
            ("lines of the median file", median(&whole.files), self.median_file),
        ];
        let many = most.iter().filter(|(_, is, most)| is > most);
        broken.extend(many.map(|(what, is, most)| format!("{is} {what}, more than {most}")));
        broken.into_iter().map(|broken| format!("{}: {broken}", self.tree)).collect()
    }
}

#[test]
fn comments_and_functions_are_as_short_and_as_paragraphed_as_they_are_held_to() {
    let broken: Vec<String> = HELD.iter().flat_map(Held::broken).collect();
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn comments_of_the_protos_are_not_too_wide() {
    let mut wide = Vec::new();
    for entry in std::fs::read_dir(root().join("proto/upnext/v1")).expect("the folder is there") {
        let path = entry.expect("can be listed").path();
        let (shown, text) = (path.display().to_string(), read(&path));
        wide.extend(wide_comments(&shown, &text));
        wide.extend(wide_comments_of_rpcs(&shown, &text));
    }
    assert!(wide.is_empty(), "comments wider than {WIDEST}, or {WIDEST_OF_RPC} of RPCs: {wide:#?}");
}

#[test]
fn functions_are_found_with_their_first_and_last_line() {
    let text = "
trait T {
    fn declared(&self);
    fn long_declared(
        &self,
    ) -> bool;
}

pub(crate) async fn whole(
    a: u8,
) -> u8 {
    if a == 0 {
        1
    } else {
        2
    }
}

fn short() {}";
    let lines: Vec<&str> = text.lines().collect();
    let found: Vec<_> = functions(&lines).into_iter().map(|it| (it.name, it.first, it.last)).collect();
    assert_eq!(found, [("whole".to_owned(), 8, 16), ("short".to_owned(), 18, 18)]);
}
