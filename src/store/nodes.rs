//! Words of SQL that mean different things on the two databases, said once: sums that stay whole numbers, counts.
use super::MultiBackend;
use diesel::expression::{AppearsOnTable, Expression, SelectableExpression, ValidGrouping, is_aggregate};
use diesel::query_builder::{AstPass, QueryFragment, QueryId};
use diesel::result::QueryResult;
use diesel::sql_types::BigInt;

/// `SUM` of cents as cents: PostgreSQL would answer `numeric`. Nothing sums up to nothing, not to NULL.
#[derive(Debug, Clone, Copy)]
pub struct SumMoney<E>(E);

/// The sum of an amount column, zero where there are no rows.
pub const fn sum_money<E>(expression: E) -> SumMoney<E> {
    SumMoney(expression)
}
impl<E: Expression> Expression for SumMoney<E> {
    type SqlType = BigInt;
}
impl<E, Q> AppearsOnTable<Q> for SumMoney<E>
where
    E: AppearsOnTable<Q>,
    Self: Expression,
{
}
impl<E, Q> SelectableExpression<Q> for SumMoney<E>
where
    E: SelectableExpression<Q>,
    Self: Expression,
{
}
impl<E, G> ValidGrouping<G> for SumMoney<E> {
    type IsAggregate = is_aggregate::Yes;
}
impl<E: QueryId> QueryId for SumMoney<E> {
    type QueryId = SumMoney<E::QueryId>;
    const HAS_STATIC_QUERY_ID: bool = E::HAS_STATIC_QUERY_ID;
}
impl<E: QueryFragment<MultiBackend>> QueryFragment<MultiBackend> for SumMoney<E> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, MultiBackend>) -> QueryResult<()> {
        out.push_sql("CAST(COALESCE(SUM(");
        self.0.walk_ast(out.reborrow())?;
        out.push_sql("), 0) AS BIGINT)");
        Ok(())
    }
}

/// `COUNT(*)` as diesel knows it, under the name that reads well beside `sum_money`.
#[must_use]
pub fn count_all() -> diesel::dsl::CountStar {
    diesel::dsl::count_star()
}
