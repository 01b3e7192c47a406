//! Fields: an instruction that is not shown, and a result that is.

/// Most fields within each other that are told apart.
const MAX_DEPTH: usize = 64;
/// Most bytes of an instruction that are looked at.
const MAX_INSTRUCTION: usize = 200;

/// The fields that are open.
#[derive(Default)]
pub(crate) struct Fields {
    open: Vec<Field>,
    /// Fields open beyond the depth.
    beyond: usize,
}

struct Field {
    instruction: String,
    result: bool,
}

impl Fields {
    /// A field begins; `result` if its instruction is already known.
    pub(crate) fn begin(&mut self, instruction: String, result: bool) {
        if self.open.len() == MAX_DEPTH {
            self.beyond += 1;
        } else {
            self.open.push(Field { instruction, result });
        }
    }

    /// What follows is the result.
    pub(crate) fn separate(&mut self) {
        if let Some(field) = self.open.last_mut().filter(|_| self.beyond == 0) {
            field.result = true;
        }
    }

    /// The field ends.
    pub(crate) fn end(&mut self) {
        match self.beyond.checked_sub(1) {
            Some(beyond) => self.beyond = beyond,
            None => {
                self.open.pop();
            }
        }
    }

    /// More of the instruction.
    pub(crate) fn instruct(&mut self, text: &str) {
        if let Some(field) = self.open.last_mut()
            && !field.result
            && field.instruction.len() < MAX_INSTRUCTION
        {
            field.instruction.push_str(text);
        }
    }

    /// Whether what comes now is no result.
    pub(crate) fn hide(&self) -> bool {
        self.open.iter().any(|field| !field.result)
    }

    /// Whether what comes now is the result of a field of one of these names.
    pub(crate) fn result_of(&self, names: &[&str]) -> bool {
        self.open.iter().any(|field| {
            let word = field.instruction.split_whitespace().next().unwrap_or_default();
            names.iter().any(|name| word.eq_ignore_ascii_case(name))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_beyond_the_depth_end_in_their_turn() {
        let mut fields = Fields::default();
        for _ in 0..MAX_DEPTH {
            fields.begin(" TOC ".to_owned(), true);
        }
        fields.begin(String::new(), false);
        assert!(!fields.hide() && fields.result_of(&["toc"]));
        fields.end();
        for _ in 0..MAX_DEPTH {
            assert!(fields.result_of(&["TOC"]));
            fields.end();
        }
        assert!(!fields.result_of(&["TOC"]));
        fields.begin(String::new(), false);
        assert!(fields.hide());
        fields.instruct("PAGE \\* Arabic");
        fields.separate();
        assert!(!fields.hide() && fields.result_of(&["PAGE"]));
    }
}
