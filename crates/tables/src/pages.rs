//! Rows of whole pages on their way into the four page tables.

use arrow_array::RecordBatch;
use arrow_schema::{ArrowError, SchemaRef};
use copydesk_types::Story;

use crate::batch::Rows;
use crate::contract::{Blocks, Documents, Entities, Quantities};
use crate::rows::Pressed;
use crate::table::Table;

/// The page tables, in the order of all arrays that have an element a table.
pub(crate) const PAGE_TABLES: [&str; 4] = [Documents::NAME, Blocks::NAME, Entities::NAME, Quantities::NAME];

/// Makes something for every page table, by the table's place in [`PAGE_TABLES`].
pub(crate) fn per_table<T, E>(mut make: impl FnMut(usize) -> Result<T, E>) -> Result<[T; 4], E> {
    Ok([make(0)?, make(1)?, make(2)?, make(3)?])
}

/// Rows that are not encoded yet.
pub(crate) struct PageRows {
    documents: Rows<Documents>,
    blocks: Rows<Blocks>,
    entities: Rows<Entities>,
    quantities: Rows<Quantities>,
}

impl PageRows {
    /// Without the column `key`, where one stands in the path.
    pub(crate) fn new(key: Option<&str>) -> Self {
        Self {
            documents: Rows::new(key),
            blocks: Rows::new(key),
            entities: Rows::new(key),
            quantities: Rows::new(key),
        }
    }

    /// Rows of the same columns.
    pub(crate) fn another(&self) -> Self {
        Self {
            documents: self.documents.another(),
            blocks: self.blocks.another(),
            entities: self.entities.another(),
            quantities: self.quantities.another(),
        }
    }

    pub(crate) fn schemas(&self) -> [SchemaRef; 4] {
        [self.documents.schema(), self.blocks.schema(), self.entities.schema(), self.quantities.schema()]
    }

    /// Appends the rows of a story. Those of one page can be millions: `full` takes the rows so far whenever they are worth
    /// encoding.
    pub(crate) fn push<E>(
        &mut self,
        story: &Story,
        mut full: impl FnMut(&mut Self) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut added = |rows: &mut Self| if rows.is_full() { full(rows) } else { Ok(()) };
        let pressed = Pressed::new(story);
        self.documents.push(&pressed);
        for row in pressed.blocks() {
            self.blocks.push(&row);
            added(self)?;
        }
        for row in pressed.entities() {
            self.entities.push(&row);
            added(self)?;
        }
        for row in pressed.quantities() {
            self.quantities.push(&row);
            added(self)?;
        }
        added(self)
    }

    /// Whether the rows so far are worth encoding.
    pub(crate) const fn is_full(&self) -> bool {
        self.documents.is_full()
            || self.blocks.is_full()
            || self.entities.is_full()
            || self.quantities.is_full()
    }

    /// Bytes that the rows so far take, about.
    pub(crate) const fn bytes(&self) -> usize {
        self.documents.bytes() + self.blocks.bytes() + self.entities.bytes() + self.quantities.bytes()
    }

    /// The rows so far, and begins anew.
    pub(crate) fn finish(&mut self) -> Result<[RecordBatch; 4], ArrowError> {
        Ok([
            self.documents.finish()?,
            self.blocks.finish()?,
            self.entities.finish()?,
            self.quantities.finish()?,
        ])
    }
}
