//! The grid of an html table: which row and column a cell stands in.

/// Most rows or columns that a cell is believed to span.
const MAX_SPAN: usize = 1000;

/// A cell of the grid, from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct GridCell {
    pub(crate) row: usize,
    pub(crate) column: usize,
    pub(crate) rows: usize,
    pub(crate) columns: usize,
}

/// A table being laid out.
#[derive(Default)]
pub(crate) struct Grid {
    row: usize,
    column: usize,
    /// For each column, how many rows below are taken by a cell from above.
    taken: Vec<usize>,
    /// Columns of the widest row.
    pub(crate) width: usize,
}

impl Grid {
    /// Begins a row.
    pub(crate) fn row(&mut self) {
        if self.row > 0 {
            // Columns that the last row did not reach are passed by as well.
            let rest = self.taken.iter_mut().skip(self.column);
            rest.for_each(|rows| *rows = rows.saturating_sub(1));
        }
        self.row += 1;
        self.column = 0;
    }

    /// Places the next cell.
    pub(crate) fn cell(&mut self, rows: usize, columns: usize) -> GridCell {
        if self.row == 0 {
            self.row();
        }
        while let Some(rows) = self.taken.get_mut(self.column).filter(|rows| **rows > 0) {
            *rows -= 1;
            self.column += 1;
        }
        let (rows, columns) = (rows.clamp(1, MAX_SPAN), columns.clamp(1, MAX_SPAN));
        let cell = GridCell { row: self.row, column: self.column + 1, rows, columns };
        let end = (self.column + columns).min(MAX_SPAN);
        if self.taken.len() < end {
            self.taken.resize(end, 0);
        }
        for taken in self.taken.iter_mut().take(end).skip(self.column) {
            *taken = rows - 1;
        }
        self.column = end;
        self.width = self.width.max(end);
        cell
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_that_span_push_others_aside() {
        let mut grid = Grid::default();
        let mut at = |rows, columns| {
            let cell = grid.cell(rows, columns);
            (cell.row, cell.column)
        };
        assert_eq!(at(2, 1), (1, 1));
        assert_eq!(at(1, 2), (1, 2));
        grid.row();
        assert_eq!((grid.cell(1, 1).column, grid.cell(2, 1).column), (2, 3));
        grid.row();
        assert_eq!((grid.cell(1, 1).column, grid.cell(1, 1).column), (1, 2));
        grid.row();
        assert_eq!((0..3).map(|_| grid.cell(1, 1).column).collect::<Vec<_>>(), [1, 2, 3]);
        assert_eq!(grid.cell(9, usize::MAX).columns, 1000);
    }
}
