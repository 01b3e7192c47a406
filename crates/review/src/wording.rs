//! Words, marks and headings that a proofreader marks: a rule a file.

use crate::rules::Find;

mod award_words;
mod digit_groups;
mod digit_width;
mod document_kind;
mod heading_levels;
mod heading_numbers;
mod label;
mod length;
mod multiple_decrease;
mod name_variants;
mod numeral_approx;
mod numeral_style;
mod ordinal_sequence;
mod personal_data;
pub(crate) mod phrase;
mod placeholders;
mod prevented_not;
mod problem_plan;
mod punctuation_doubled;
mod punctuation_end;
mod punctuation_form;
mod punctuation_list;
mod punctuation_pairs;
mod punctuation_width;
mod range_form;
mod repeated_passages;
mod repeated_words;
mod scan;
mod several;
mod spaces;
mod split_number;
mod superlatives;
mod time_words;
mod unit_names;
mod year_form;

/// The rules that calculate, by the id of their definition.
pub(crate) const RULES: &[(&str, Find)] = &[
    ("award_words", award_words::find),
    ("digit_groups", digit_groups::find),
    ("digit_width", digit_width::find),
    ("document_kind", document_kind::find),
    ("heading_levels", heading_levels::find),
    ("heading_numbers", heading_numbers::find),
    ("multiple_decrease", multiple_decrease::find),
    ("name_variants", name_variants::find),
    ("numeral_approx", numeral_approx::find),
    ("numeral_style", numeral_style::find),
    ("ordinal_sequence", ordinal_sequence::find),
    ("paragraph_length", length::paragraph),
    ("personal_data", personal_data::find),
    ("placeholders", placeholders::find),
    ("prevented_not", prevented_not::find),
    ("problem_plan", problem_plan::find),
    ("punctuation_doubled", punctuation_doubled::find),
    ("punctuation_end", punctuation_end::find),
    ("punctuation_form", punctuation_form::find),
    ("punctuation_list", punctuation_list::find),
    ("punctuation_pairs", punctuation_pairs::find),
    ("punctuation_width", punctuation_width::find),
    ("range_form", range_form::find),
    ("repeated_passages", repeated_passages::find),
    ("repeated_words", repeated_words::find),
    ("report_length", length::report),
    ("sentence_length", length::sentence),
    ("spaces", spaces::find),
    ("split_number", split_number::find),
    ("superlatives", superlatives::find),
    ("time_words", time_words::find),
    ("unit_names", unit_names::find),
    ("year_form", year_form::find),
];
