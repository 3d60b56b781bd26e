//! Every list is paged; a page that is not there is the last one.

/// Rows of one page.
pub const PAGE_SIZE: i64 = 50;

#[derive(Clone, Debug, serde::Serialize)]
pub struct Paging {
    pub page: i64,
    pub pages: i64,
    pub total: i64,
    pub size: i64,
}

impl Paging {
    /// Page `asked` (from 1) of `total` rows.
    #[must_use]
    pub fn new(asked: Option<&str>, total: i64) -> Self {
        Self::of_size(asked, total, PAGE_SIZE)
    }
    #[must_use]
    pub fn of_size(asked: Option<&str>, total: i64, size: i64) -> Self {
        let pages = ((total + size - 1) / size).max(1);
        let page = asked.and_then(|text| text.parse().ok()).unwrap_or(1).clamp(1, pages);
        Self { page, pages, total, size }
    }
    #[must_use]
    pub const fn offset(&self) -> i64 {
        (self.page - 1) * self.size
    }
    #[must_use]
    pub const fn first(&self) -> i64 {
        if self.total == 0 { 0 } else { self.offset() + 1 }
    }
    #[must_use]
    pub fn last(&self) -> i64 {
        (self.offset() + self.size).min(self.total)
    }
    #[must_use]
    pub const fn is_needed(&self) -> bool {
        self.pages > 1
    }
}
