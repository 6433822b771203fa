//! Group commit: many jobs run in one transaction and wait for the disk only once. Each job can fail without affecting
//! the others.

use rusqlite::Connection;

use super::job::Job;
use super::rejection::{Failure, Rejection};
use super::sql::Sql;

/// Runs all jobs, commits, and only then sends their results.
pub(super) fn run(connection: &Connection, mut jobs: Vec<Box<dyn Job>>) {
    let sql = Sql(connection);
    let outcome = if jobs.iter().any(|job| job.writes()) {
        commit(sql, &mut jobs)
    } else {
        jobs.iter_mut().for_each(|job| {
            job.run(sql);
        });
        Ok(())
    };
    for job in jobs {
        job.answer(outcome.as_ref().err());
    }
}

fn commit(sql: Sql<'_>, jobs: &mut [Box<dyn Job>]) -> Result<(), Rejection> {
    roll_back(sql);
    sql.run("BEGIN IMMEDIATE", [])?;
    let steps = jobs.iter_mut().try_for_each(|job| step(sql, &mut **job));
    let outcome = steps.and_then(|()| sql.run("COMMIT", []).map(drop));
    if outcome.is_err() {
        roll_back(sql);
    }
    outcome
}

/// Runs one job. Its changes are kept or undone, without affecting the jobs before it.
fn step(sql: Sql<'_>, job: &mut dyn Job) -> Result<(), Rejection> {
    if !job.writes() {
        job.run(sql);
        return Ok(());
    }
    sql.run("SAVEPOINT job", [])?;
    let keep = job.run(sql);
    if sql.has_lost_its_transaction() {
        // Without a transaction, the next savepoint would commit by itself.
        return Err(Failure::Aborted.into());
    }
    if !keep {
        sql.run("ROLLBACK TO job", [])?;
    }
    sql.run("RELEASE job", []).map(drop)
}

/// Rolls back. If the rollback fails, the next batch tries again before it begins.
fn roll_back(sql: Sql<'_>) {
    if !sql.has_lost_its_transaction() {
        let _ = sql.run("ROLLBACK", []);
    }
}

#[cfg(test)]
mod tests {
    use tokio::sync::oneshot::Receiver;

    use super::super::job::Task;
    use super::*;

    type Reply = Receiver<Result<(), Rejection>>;

    fn job(
        work: impl FnOnce(Sql<'_>) -> Result<(), Rejection> + Send + 'static,
    ) -> (Box<dyn Job>, Reply) {
        let (task, reply) = Task::new(true, work, |_: &()| ());
        (Box::new(task), reply)
    }

    fn add(sql: Sql<'_>, number: i64) -> Result<(), Rejection> {
        sql.run("INSERT INTO numbers VALUES (?1)", [number]).map(drop)
    }

    fn database(schema: &str) -> Connection {
        let connection = Connection::open_in_memory().unwrap();
        connection.execute_batch(schema).unwrap();
        connection
    }

    fn numbers(connection: &Connection) -> Vec<i64> {
        Sql(connection).all("SELECT n FROM numbers ORDER BY n", [], |row| row.get(0)).unwrap()
    }

    #[test]
    fn only_the_rejected_or_panicking_jobs_are_undone() {
        let connection = database("CREATE TABLE numbers (n)");
        let (one, first) = job(|sql| add(sql, 1));
        let (two, second) = job(|sql| add(sql, 2).and(Err(Rejection::KeyNotFound)));
        let (three, third) = job(|sql| add(sql, 3).map(|()| panic!("a bug")));
        let (four, fourth) = job(|sql| add(sql, 4));
        run(&connection, vec![one, two, three, four]);
        let result = |mut reply: Reply| reply.try_recv().unwrap();
        assert!(result(first).is_ok());
        assert!(matches!(result(second), Err(Rejection::KeyNotFound)));
        assert!(matches!(result(third), Err(Rejection::Failed(Failure::Panicked))));
        assert!(result(fourth).is_ok());
        assert_eq!(numbers(&connection), [1, 4]);
    }

    #[test]
    fn if_the_commit_fails_no_job_succeeds() {
        // A constraint that is checked at commit.
        let connection = database(
            "PRAGMA foreign_keys = ON; CREATE TABLE known (n INTEGER PRIMARY KEY); \
             CREATE TABLE numbers (n REFERENCES known (n) DEFERRABLE INITIALLY DEFERRED)",
        );
        let (fine, first) = job(|sql| sql.run("INSERT INTO known VALUES (1)", []).map(drop));
        let (bad, second) = job(|sql| add(sql, 2));
        run(&connection, vec![fine, bad]);
        for mut reply in [first, second] {
            let error = reply.try_recv().unwrap().unwrap_err();
            assert!(matches!(error, Rejection::Failed(Failure::Sqlite(_))), "{error}");
        }
        assert_eq!(numbers(&connection), [0; 0]);
        let (later, mut reply) = job(|sql| sql.run("INSERT INTO known VALUES (3)", []).map(drop));
        run(&connection, vec![later]);
        assert!(reply.try_recv().unwrap().is_ok(), "the next batch works again");
    }

    #[test]
    fn an_aborted_transaction_keeps_nothing_of_the_batch() {
        let connection = database("CREATE TABLE numbers (n)");
        let (one, mut first) = job(|sql| add(sql, 1));
        let (two, mut second) = job(|sql| sql.run("ROLLBACK", []).map(drop));
        let (three, mut third) = job(|sql| add(sql, 3));
        run(&connection, vec![one, two, three]);
        for reply in [&mut first, &mut second, &mut third] {
            let error = reply.try_recv().unwrap().unwrap_err();
            assert!(matches!(error, Rejection::Failed(Failure::Aborted)), "{error}");
        }
        assert_eq!(numbers(&connection), [0; 0]);
    }

    #[test]
    fn on_a_full_disk_only_acknowledged_writes_are_kept() {
        let connection = database("CREATE TABLE numbers (n, filling)");
        connection.execute_batch("PRAGMA max_page_count = 20").unwrap();
        let insert = |number: i64| {
            // Each row needs a page and a half, so some rows fit and some don't.
            let text = "INSERT INTO numbers VALUES (?1, zeroblob(6000))";
            job(move |sql| sql.run(text, [number]).map(drop))
        };
        let (mut acknowledged, mut failed) = (Vec::new(), 0);
        for batch in 0..6 {
            let (jobs, replies): (Vec<_>, Vec<_>) = (0..3).map(|n| insert(batch * 3 + n)).unzip();
            run(&connection, jobs);
            for (number, mut reply) in (batch * 3..).zip(replies) {
                match reply.try_recv().unwrap() {
                    Ok(()) => acknowledged.push(number),
                    Err(rejection) => {
                        assert!(matches!(rejection, Rejection::Failed(_)), "{rejection}");
                        failed += 1;
                    }
                }
            }
        }
        assert_eq!(numbers(&connection), acknowledged);
        assert!(!acknowledged.is_empty() && failed > 0, "{acknowledged:?} {failed}");
    }
}
