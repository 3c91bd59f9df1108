//! What copydesk has learnt about the templates of sites.

/// Block fingerprints by site, counted over pages.
#[derive(Clone, Debug, Default)]
pub struct SiteMemory {}
