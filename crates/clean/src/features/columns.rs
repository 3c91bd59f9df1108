//! The features by name: a column each.

macro_rules! columns {
    ($($(#[$about:meta])* $name:ident $reach:literal,)*) => {
        /// One feature of a block; a byte in [`super::Matrix`].
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Column {
            $($(#[$about])* $name,)*
        }

        impl Column {
            /// Every column, in the order of the table.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// How many neighbours on each side the model may read the column of.
            pub const fn reach(self) -> i8 {
                match self {
                    $(Self::$name => $reach,)*
                }
            }
        }
    };
}

columns! {
    /// Words, log.
    Words 3,
    /// Characters, log.
    Chars 0,
    /// Characters to a word, in eighths.
    WordLength 1,
    /// How it begins.
    Opening 2,
    /// How it ends.
    Ending 3,
    /// Share of words that open with a capital.
    Capitalised 2,
    /// Share of words in capitals.
    AllCapitals 1,
    /// Share of words that open with a small letter.
    Small 2,
    /// Share of short words.
    Short 1,
    /// Share of characters that are digits.
    Digits 1,
    /// Commas and semicolons, log.
    Commas 1,
    /// Sentence ends, log.
    Stops 1,
    /// Question and exclamation marks.
    Questions 0,
    /// Quotation marks.
    Quotes 0,
    /// Colons.
    Colons 1,
    /// Separators of a menu.
    Separators 1,
    /// Symbols of copyright.
    Symbols 0,
    /// Years.
    Years 1,
    /// Times and numeric dates.
    Clock 1,
    /// Handles, tags, addresses.
    Handles 0,
    /// Words of the longest sentence, log.
    LongestSentence 1,
    /// Glued words.
    Glued 1,
    /// Says itself twice.
    Doubled 2,
    /// Share of words that are frequent on the page.
    Common 1,
    /// Mean odds of its first words.
    WordMean 2,
    /// Lowest odds of its first words.
    WordMin 1,
    /// Highest odds of its first words.
    WordMax 0,
    /// Odds of its first word.
    WordFirst 0,
    /// Lowest odds of its first pairs of words.
    PairMin 1,
    /// Highest odds of these.
    PairMax 0,
    /// Lowest odds of its last words.
    LastMin 1,
    /// Mean odds of these.
    LastMean 0,
    /// Odds of a short text as a whole.
    Whole 2,
    /// Blocks since the heading above it, log.
    SinceHeading 0,
    /// Mean odds of the words of that heading.
    HeadingMean 1,
    /// Lowest odds of its words.
    HeadingMin 0,
    /// Odds of that heading as a whole.
    HeadingWhole 0,
    /// Share of its four-word shingles that stand in blocks before.
    EchoBefore 0,
    /// Blocks of the page, log.
    PageBlocks 0,
    /// Words of the page in paragraphs, log.
    PageParagraphWords 0,
    /// Blocks before it, as a share of the page's.
    Position 0,
    /// Words before it, as a share of the page's.
    WordsBefore 0,
    /// Words in paragraphs before it, as a share of the page's.
    ParagraphsBefore 0,
    /// Blocks before it, log.
    FromStart 0,
    /// Blocks after it, log.
    FromEnd 0,
    /// Blocks since the last paragraph, log.
    SinceParagraph 0,
    /// Blocks until the next paragraph, log.
    UntilParagraph 0,
    /// Words in paragraphs within 5 blocks, log.
    ParagraphsNear 0,
    /// Words in paragraphs within 20 blocks, log.
    ParagraphsWide 0,
    /// Before, inside or after the densest stretch of paragraphs.
    Stretch 1,
    /// Blocks since the densest stretch began, log; signed.
    StretchStart 0,
    /// Blocks until the densest stretch ends, log; signed.
    StretchEnd 0,
    /// Share of paragraphs' words in the densest stretch.
    StretchShare 0,
    /// Blank lines before.
    BlankBefore 2,
    /// Lines that stand together without a blank line.
    RunLength 1,
    /// Place in these lines.
    RunPlace 0,
    /// Times the same text stands in the page.
    Repeats 2,
    /// Times it stood before.
    RepeatsBefore 1,
    /// The same text stands within the next two blocks.
    RepeatedNext 2,
    /// The same text stands within the last two blocks.
    RepeatedPrevious 2,
    /// Share of the blocks within 10 that stand twice.
    RepeatsNear 0,
    /// Share of its four-word shingles that stand in other blocks too.
    Echo 1,
    /// Likeness to the headline.
    TitleLikeness 2,
    /// Blocks after the headline, signed, log.
    FromTitle 0,
    /// Share of its four-word shingles in the stated body.
    BodyVote 2,
    /// Whether a body is stated.
    BodyStated 0,
    /// Share of its words in the stated summary.
    SummaryVote 1,
    /// The element.
    Tag 2,
    /// Level of a heading.
    Heading 2,
    /// Depth.
    Depth 2,
    /// Share of words in links.
    LinkShare 3,
    /// Share of words in the link that it begins with.
    LinkFirst 1,
    /// Links.
    Links 1,
    /// Share of bold words.
    Bold 1,
    /// Share of italic words.
    Italic 1,
    /// Line breaks.
    Breaks 1,
    /// Images before or in it.
    Media 1,
    /// Likeness of an image's alternative text.
    AltLikeness 0,
    /// In `nav`.
    InNav 0,
    /// In `header`.
    InHeader 0,
    /// In `footer`.
    InFooter 0,
    /// In `aside`.
    InAside 1,
    /// In `main`.
    InMain 0,
    /// In `article`.
    InArticle 0,
    /// In a form, button, label or dialog.
    InForm 1,
    /// In `figure` or its caption.
    InFigure 2,
    /// In a list.
    InList 1,
    /// In a block quotation.
    InQuote 1,
    /// In a table.
    InTable 0,
    /// Hidden.
    Hidden 1,
    /// In an element whose classes say that it holds something else.
    InOthers 1,
    /// Inside one link.
    Card 2,
    /// In an element marked as the body.
    InBody 1,
    /// Odds of the classes of its own element.
    ClassOwn 2,
    /// Odds of the classes of its parent.
    ClassParent 1,
    /// Odds of the classes of its grandparent.
    ClassGrand 1,
    /// Odds of the classes further out, mean.
    ClassOuter 1,
    /// Lowest odds of all its classes.
    ClassMin 1,
    /// Highest odds of all its classes.
    ClassMax 1,
    /// Lowest odds of the classes of its own, its parent's and its grandparent's element.
    ClassInnerMin 1,
    /// Highest odds of these.
    ClassInnerMax 1,
    /// Level of the heading above it.
    HeadingLevel 0,
    /// Lowest odds of that heading's classes.
    HeadingClass 0,
    /// Share of words in links under that heading.
    HeadingLinks 0,
    /// Share of the page's paragraph words in its parent.
    ParentMass 1,
    /// Share of the page's paragraph words in its grandparent.
    GrandMass 1,
    /// Share of the page's paragraph words in its great-grandparent.
    GreatMass 0,
    /// Words in its parent, log.
    ParentWords 0,
    /// Share of words in links in its parent.
    ParentLinks 1,
    /// Share of words in links in its grandparent.
    GrandLinks 0,
    /// Levels up to the element with most of the page's paragraphs as children.
    ToBest 1,
    /// Share of the page's paragraph words set alike.
    AlikeMass 1,
    /// Blocks set alike, log.
    AlikeBlocks 0,
    /// Share of words in links in blocks set alike.
    AlikeLinks 0,
    /// Whether it has the parent of the block before.
    SameParent 1,
    /// Levels that it shares with the block before.
    SharedLevels 1,
    /// First stage's log odds, in sixteenths, 128 more.
    First 4,
    /// The same, mean over three blocks on each side.
    FirstNear 0,
    /// The same, mean over ten blocks on each side, by words.
    FirstWide 0,
    /// Probable body words before it, as a share.
    FirstBefore 0,
    /// Probable body words of the page, log.
    FirstWords 0,
    /// Blocks since a probable paragraph, log.
    SinceFirst 0,
    /// Blocks until a probable paragraph, log.
    UntilFirst 0,
    /// Mean probability in its parent, by words.
    FirstParent 0,
    /// Mean probability in its grandparent, by words.
    FirstGrand 0,
    /// Mean probability in blocks set alike, by words.
    FirstAlike 0,
    /// Share of the probable body in its parent.
    FirstParentMass 0,
    /// Share of the probable body in its grandparent.
    FirstGrandMass 0,
    /// Share of the probable body set alike.
    FirstAlikeMass 0,
    /// Before, inside or after the most probable stretch.
    FirstStretch 1,
    /// Blocks since that stretch began, signed, log.
    FirstStretchStart 0,
    /// Blocks until that stretch ends, signed, log.
    FirstStretchEnd 0,
    /// Probability of the heading above it.
    FirstHeading 0,
    /// Mean probability under that heading, by words.
    FirstSection 0,
    /// Lowest probability between it and the nearest probable paragraph towards the stretch's middle.
    FirstGap 0,
}

impl Column {
    /// Whether it is computed from the first stage's probabilities.
    pub const fn second_stage(self) -> bool {
        self as usize >= Self::First as usize
    }

    /// Whether only markup gives it.
    pub const fn markup(self) -> bool {
        self as usize >= Self::TitleLikeness as usize && self as usize <= Self::SharedLevels as usize
            || matches!(
                self,
                Self::FirstParent
                    | Self::FirstGrand
                    | Self::FirstAlike
                    | Self::FirstParentMass
                    | Self::FirstGrandMass
                    | Self::FirstAlikeMass
            )
    }

    /// Whether it reads the learnt odds of words.
    pub const fn learnt(self) -> bool {
        matches!(
            self,
            Self::WordMean
                | Self::WordMin
                | Self::WordMax
                | Self::WordFirst
                | Self::PairMin
                | Self::PairMax
                | Self::LastMin
                | Self::LastMean
                | Self::Whole
                | Self::HeadingMean
                | Self::HeadingMin
                | Self::HeadingWhole
                | Self::HeadingClass
                | Self::ClassOwn
                | Self::ClassParent
                | Self::ClassGrand
                | Self::ClassOuter
                | Self::ClassMin
                | Self::ClassMax
                | Self::ClassInnerMin
                | Self::ClassInnerMax
        )
    }
}
