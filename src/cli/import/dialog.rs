//! What a person reads during an import, and is asked if somebody is there to answer.

use std::io::{BufRead, Write};

/// Where to write, and where answers come from.
pub struct Dialog<'a> {
    /// Where everything is written.
    pub out: &'a mut dyn Write,
    /// Lines that answer questions; none if nobody is there.
    pub answers: Option<&'a mut dyn BufRead>,
}

impl Dialog<'_> {
    /// Whether somebody is there.
    pub fn can_ask(&self) -> bool {
        self.answers.is_some()
    }

    /// Asks until the answer is yes or no. No answer is a no.
    ///
    /// # Errors
    /// The terminal is gone.
    pub fn ask(&mut self, question: &str) -> std::io::Result<bool> {
        let Some(answers) = self.answers.as_mut() else { return Ok(false) };
        loop {
            write!(self.out, "{question} [y/n] ")?;
            self.out.flush()?;

            let mut line = String::new();
            if answers.read_line(&mut line)? == 0 {
                return Ok(false);
            }
            match line.trim().to_ascii_lowercase().as_str() {
                "y" | "yes" => return Ok(true),
                "n" | "no" => return Ok(false),
                _ => {}
            }
        }
    }
}
