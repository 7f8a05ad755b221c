//! The history of a store.

/// What a revision did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// A collection was added, or replaced by a newer one.
    Replaced,
    /// A collection was removed.
    Removed,
    /// Features of a collection were changed.
    Edited,
}

impl Action {
    /// The word kept in the file.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Replaced => "replaced",
            Self::Removed => "removed",
            Self::Edited => "edited",
        }
    }

    /// The action of a word kept in the file.
    pub(crate) fn of(word: &str) -> Option<Self> {
        [Self::Replaced, Self::Removed, Self::Edited].into_iter().find(|action| action.word() == word)
    }
}

/// One change of the store. Revision 0 is the empty store; every change adds one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revision {
    /// Its number.
    pub number: u64,
    /// When it was made (RFC 3339, UTC).
    pub at: String,
    /// What it did.
    pub action: Action,
    /// To which collection.
    pub collection: String,
    /// How many features the collection has since.
    pub features: u64,
    /// Name of the file it came from, where one was given.
    pub source: Option<String>,
    /// Why, in the words of the person who did it, where any were given.
    pub reason: Option<String>,
}
