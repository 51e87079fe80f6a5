//! Reads a statement and finds the tables whose shard it leaves open.
//!
//! A distributed database chooses the shard of each SELECT, UPDATE and DELETE by itself, even of
//! one inside another. So each says by a parameter which organization it means: `= $1`,
//! `= ANY ($1)`, or `one_shard(…, $1)`. From there equality leads to its other tables, but not out
//! of it.

use std::collections::{BTreeSet, HashSet};
use std::fmt;
use std::ops::ControlFlow;

use regex::Regex;
use sqlparser::ast::{
    BinaryOperator, Delete, Expr, FromTable, Function, FunctionArg, FunctionArgExpr, FunctionArguments,
    Insert, Join, JoinConstraint, JoinOperator, Query, Select, Statement, TableFactor, TableObject,
    TableWithJoins, Update, UpdateTableFromKind, Value, Visit as _, Visitor,
};
use sqlparser::dialect::PostgreSqlDialect;
use sqlparser::parser::{Parser, ParserError};

const ORGANIZATION: &str = "organization_id";
const ONE_SHARD: &str = "one_shard";

/// What begins a statement without tables.
const PLAIN: [&str; 9] =
    ["BEGIN", "COMMIT", "ROLLBACK", "SET", "LISTEN", "UNLISTEN", "SAVEPOINT", "RELEASE", "ANALYZE"];

/// What differs from shard to shard.
const IMPURE: [&str; 7] =
    ["now", "clock_timestamp", "statement_timestamp", "gen_random_uuid", "uuidv7", "random", "nextval"];

/// Knows which tables have organizations.
pub struct Judge {
    tables: BTreeSet<String>,
}

/// What is wrong with a statement.
pub struct Problem {
    pub what: String,
    pub statement: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}:\n{}", self.what, self.statement.trim())
    }
}

impl Judge {
    /// For these tables.
    pub fn new(tables: BTreeSet<String>) -> Self {
        Self { tables }
    }

    /// Everything that is wrong with a statement.
    pub fn problems(&self, statement: &str) -> Vec<Problem> {
        if PLAIN.iter().any(|word| statement.trim_start().starts_with(word)) {
            return Vec::new();
        }
        // The parser knows two of the four strengths of a lock. To a shard they are all one.
        let known =
            statement.replace("FOR NO KEY UPDATE", "FOR UPDATE").replace("FOR KEY SHARE", "FOR SHARE");

        let mut reading = Reading { tables: &self.tables, parts: HashSet::new(), found: Vec::new() };
        match parse(&known) {
            Ok(parsed) => drop(parsed.visit(&mut reading)),
            Err(error) => reading.found.push(format!("can't be read: {error}")),
        }
        let problem = |what| Problem { what, statement: statement.to_owned() };
        reading.found.into_iter().map(problem).collect()
    }
}

/// Reads a statement. Without FROM and WHERE, the parser takes ON for the name of the column
/// before.
fn parse(statement: &str) -> Result<Vec<Statement>, ParserError> {
    let read = |text: &str| Parser::parse_sql(&PostgreSqlDialect {}, text);
    read(statement).or_else(|error| {
        let unnamed = Regex::new(r"(\$\d+)\s+ON CONFLICT").expect("a pattern");
        read(&unnamed.replace(statement, "$1 AS named ON CONFLICT")).map_err(|_| error)
    })
}

/// One statement that is being read.
struct Reading<'a> {
    tables: &'a BTreeSet<String>,
    /// The names of its WITH parts, which hide tables.
    parts: HashSet<String>,
    found: Vec<String>,
}

impl Visitor for Reading<'_> {
    type Break = ();

    fn pre_visit_query(&mut self, query: &Query) -> ControlFlow<()> {
        let parts = query.with.iter().flat_map(|with| &with.cte_tables);
        self.parts.extend(parts.map(|part| part.alias.name.value.clone()));
        ControlFlow::Continue(())
    }

    fn pre_visit_select(&mut self, select: &Select) -> ControlFlow<()> {
        self.judge(select.from.iter(), select.selection.as_ref());
        ControlFlow::Continue(())
    }

    fn pre_visit_statement(&mut self, statement: &Statement) -> ControlFlow<()> {
        match statement {
            Statement::Insert(insert) => self.insert(insert),
            Statement::Update(update) => self.update(update),
            Statement::Delete(delete) => self.delete(delete),
            _ => {}
        }
        ControlFlow::Continue(())
    }

    fn pre_visit_expr(&mut self, expr: &Expr) -> ControlFlow<()> {
        if let Expr::Function(function) = expr
            && let Some(name) = IMPURE.iter().find(|name| function.name.to_string() == **name)
        {
            self.found.push(format!("{name}() comes from SQL, where every shard has its own"));
        }
        ControlFlow::Continue(())
    }
}

impl Reading<'_> {
    fn insert(&mut self, insert: &Insert) {
        let TableObject::TableName(table) = &insert.table else { return };
        let table = table.to_string();
        let named = insert.columns.iter().any(|column| column.to_string() == ORGANIZATION);
        if self.tables.contains(&table) && !named {
            self.found.push(format!("a row of {table} is inserted without an organization"));
        }
    }

    fn update(&mut self, update: &Update) {
        let from = match &update.from {
            Some(UpdateTableFromKind::BeforeSet(from) | UpdateTableFromKind::AfterSet(from)) => &from[..],
            None => &[],
        };
        self.judge([&update.table].into_iter().chain(from), update.selection.as_ref());
    }

    fn delete(&mut self, delete: &Delete) {
        let (FromTable::WithFromKeyword(from) | FromTable::WithoutKeyword(from)) = &delete.from;
        self.judge(from.iter().chain(delete.using.iter().flatten()), delete.selection.as_ref());
    }

    /// Finds the tables of one SELECT, UPDATE or DELETE that nothing ties to an organization.
    fn judge<'q>(&mut self, from: impl Iterator<Item = &'q TableWithJoins>, selection: Option<&'q Expr>) {
        let mut scope = Scope::default();
        from.for_each(|source| scope.add(source, self));
        selection.into_iter().for_each(|selection| scope.tie(selection));
        for table in scope.open() {
            self.found.push(format!("no parameter says which shard of {table} is meant"));
        }
    }

    fn is_table(&self, name: &str) -> bool {
        self.tables.contains(name) && !self.parts.contains(name)
    }
}

/// The sources of one SELECT, UPDATE or DELETE.
#[derive(Default)]
struct Scope {
    /// The tables with organizations: what they are called here, and their names.
    tables: Vec<(String, String)>,
    /// What else there is: items of parameters, WITH parts and derived tables, each judged where it
    /// is made.
    others: Vec<String>,
    ties: Vec<(Place, Place)>,
}

/// What a side of a comparison stands for.
#[derive(Clone, Debug, PartialEq)]
enum Place {
    /// The organization of a source of this scope.
    Source(String),
    /// A parameter.
    Known,
}

impl Scope {
    fn add(&mut self, source: &TableWithJoins, reading: &Reading<'_>) {
        self.add_factor(&source.relation, reading);
        for Join { relation, join_operator, .. } in &source.joins {
            self.add_factor(relation, reading);
            match constraint(join_operator) {
                Some(JoinConstraint::On(condition)) => self.tie(condition),
                Some(JoinConstraint::Using(columns))
                    if columns.iter().any(|it| it.to_string() == ORGANIZATION) =>
                {
                    self.tie_all();
                }
                _ => {}
            }
        }
    }

    fn add_factor(&mut self, factor: &TableFactor, reading: &Reading<'_>) {
        match factor {
            TableFactor::Table { name, alias, args: None, .. } if reading.is_table(&name.to_string()) => {
                let called =
                    alias.as_ref().map_or_else(|| name.to_string(), |alias| alias.name.value.clone());
                self.tables.push((called, name.to_string()));
            }

            TableFactor::NestedJoin { table_with_joins, .. } => self.add(table_with_joins, reading),
            TableFactor::Table { alias, name, .. } => {
                let called =
                    alias.as_ref().map_or_else(|| name.to_string(), |alias| alias.name.value.clone());
                self.others.push(called);
            }
            TableFactor::Derived { alias, .. }
            | TableFactor::Function { alias, .. }
            | TableFactor::UNNEST { alias, .. } => {
                self.others.extend(alias.iter().map(|alias| alias.name.value.clone()));
            }
            _ => {}
        }
    }

    /// Joined by USING: all sources so far have one organization.
    fn tie_all(&mut self) {
        let tables = self.tables.iter().map(|(called, _)| called);
        let all: Vec<Place> = tables.chain(&self.others).cloned().map(Place::Source).collect();
        self.ties.extend(all.windows(2).map(|pair| (pair[0].clone(), pair[1].clone())));
    }

    /// Notes what a condition says of organizations, if it must hold as a whole.
    fn tie(&mut self, condition: &Expr) {
        match condition {
            Expr::Nested(inner) => self.tie(inner),
            Expr::BinaryOp { left, op: BinaryOperator::And, right } => {
                self.tie(left);
                self.tie(right);
            }
            Expr::BinaryOp { left, op: BinaryOperator::Eq, right } => match (&**left, &**right) {
                (Expr::Tuple(left), Expr::Tuple(right)) => {
                    left.iter().zip(right).for_each(|(left, right)| self.tie_two(left, right));
                }
                (left, right) => self.tie_two(left, right),
            },

            Expr::AnyOp { left, compare_op: BinaryOperator::Eq, right, .. } => self.tie_two(left, right),
            Expr::Function(function) if function.name.to_string() == ONE_SHARD => {
                if let [left, right] = &arguments(function)[..] {
                    self.tie_two(left, right);
                }
            }
            _ => {}
        }
    }

    fn tie_two(&mut self, left: &Expr, right: &Expr) {
        if let (Some(left), Some(right)) = (self.place(left), self.place(right)) {
            self.ties.push((left, right));
        }
    }

    /// What an expression says of an organization.
    fn place(&self, expr: &Expr) -> Option<Place> {
        match expr {
            Expr::Nested(inner) => self.place(inner),
            Expr::Cast { expr, .. } => self.place(expr),
            Expr::CompoundFieldAccess { root, .. } => self.place(root),
            Expr::Value(value) => matches!(value.value, Value::Placeholder(_)).then_some(Place::Known),
            Expr::Identifier(column) if column.value == ORGANIZATION => {
                // Without a qualifier there is one source that it can belong to.
                let tables = self.tables.iter().map(|(called, _)| called);
                tables.chain(&self.others).next().cloned().map(Place::Source)
            }
            Expr::CompoundIdentifier(parts) => self.column(&parts.first()?.value, &parts.last()?.value),
            _ => None,
        }
    }

    /// What a column of a source says of an organization. One of an outer scope says nothing here.
    fn column(&self, source: &str, column: &str) -> Option<Place> {
        let mut sources = self.tables.iter().map(|(called, _)| called).chain(&self.others);
        (column == ORGANIZATION && sources.any(|called| called == source))
            .then(|| Place::Source(source.to_owned()))
    }

    /// The tables that no chain of ties leads to a parameter.
    fn open(&self) -> Vec<&str> {
        let mut known = vec![Place::Known];
        loop {
            let more = self.ties.iter().find_map(|(one, other)| {
                match (known.contains(one), known.contains(other)) {
                    (true, false) => Some(other),
                    (false, true) => Some(one),
                    _ => None,
                }
            });
            match more {
                Some(place) => known.push(place.clone()),
                None => break,
            }
        }

        let open = self.tables.iter().filter(|(called, _)| !known.contains(&Place::Source(called.clone())));
        open.map(|(_, table)| table.as_str()).collect()
    }
}

fn arguments(function: &Function) -> Vec<&Expr> {
    let FunctionArguments::List(list) = &function.args else { return Vec::new() };
    let plain = list.args.iter().filter_map(|argument| match argument {
        FunctionArg::Unnamed(FunctionArgExpr::Expr(expr)) => Some(expr),
        _ => None,
    });
    plain.collect()
}

fn constraint(join: &JoinOperator) -> Option<&JoinConstraint> {
    match join {
        JoinOperator::Join(it)
        | JoinOperator::Inner(it)
        | JoinOperator::Left(it)
        | JoinOperator::LeftOuter(it)
        | JoinOperator::Right(it)
        | JoinOperator::RightOuter(it)
        | JoinOperator::FullOuter(it)
        | JoinOperator::CrossJoin(it) => Some(it),
        _ => None,
    }
}
