//! Writes of many threads, committed together.
//!
//! A commit waits for the disk, and a store takes one write after the other. A [`Queue`] owns
//! the store on a thread of its own: all writes that wait become one batch (see `batch`), which
//! is committed once, and only then is any of them acknowledged. So eight clerks wait for the
//! disk together and not for one another.

use std::error::Error;
use std::io;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::{self, JoinHandle};

use thiserror::Error;

use crate::Store;
use crate::batch::Batch;
use crate::failure::DatabaseError;
use crate::refusal::WriteError;

/// Pieces of work in one batch, so that the first does not wait for ever.
const MOST: usize = 256;

/// Why a piece of work was not acknowledged.
#[derive(Debug, Error)]
pub enum QueueError<E: Error + 'static> {
    /// It was refused. Nothing of it was written.
    #[error(transparent)]
    Refused(E),
    /// The batch that it was in could not be committed.
    #[error(
        "这次写入没有得到数据库的确认:{source};同批写入都没有确认,请用同一提交标识重试,不会重复"
    )]
    Unconfirmed {
        /// Why; the same for all of the batch.
        source: Arc<WriteError>,
    },
    /// The writing thread has ended.
    #[error("写入队列已停止,这次写入没有得到确认;请重新启动程序,再用同一提交标识重试")]
    Stopped,
}

/// A store that any thread can write to. It ends with the value, or by [`Queue::stop`].
#[derive(Debug)]
pub struct Queue {
    /// `None` once it ends.
    sender: Option<Sender<Item>>,
    writer: Option<JoinHandle<Store>>,
}

/// What waits.
enum Item {
    /// A piece of work for a batch.
    Shared(Box<dyn Work>),
    /// One that begins and ends its own transactions.
    Alone(Box<dyn FnOnce(&mut Store) + Send>),
}

impl Queue {
    /// Takes a store and starts its writing thread.
    ///
    /// # Errors
    /// If the system gives no more threads.
    pub fn start(store: Store) -> io::Result<Queue> {
        let (sender, items) = channel();
        let writer = thread::Builder::new()
            .name("zhenzhang-writer".to_owned())
            .spawn(move || serve(store, &items))?;
        Ok(Queue { sender: Some(sender), writer: Some(writer) })
    }

    /// Does a piece of work, wholly or not at all, together with what other threads want
    /// written, and waits until it is on disk. It may write and read as it likes; its reads see
    /// what was written before it. It must not take long, since all others wait for it.
    ///
    /// # Errors
    /// [`QueueError::Refused`] with the error of the work itself; the others if the batch could
    /// not be committed.
    pub fn write<T, E>(
        &self,
        act: impl FnOnce(&Store) -> Result<T, E> + Send + 'static,
    ) -> Result<T, QueueError<E>>
    where
        T: Send + 'static,
        E: Error + Send + 'static,
    {
        let (answer, answered) = channel();
        let task = Task { act: Some(act), outcome: None, answer };
        self.send(Item::Shared(Box::new(task)));
        answered.recv().unwrap_or(Err(QueueError::Stopped))
    }

    /// Does a piece of work that has to have its own transactions: what also changes files
    /// ([`Store::forget`], [`Store::detach`]), keys, or a whole import. `None` if the writing
    /// thread has ended.
    pub fn alone<T: Send + 'static>(
        &self,
        act: impl FnOnce(&mut Store) -> T + Send + 'static,
    ) -> Option<T> {
        let (answer, answered) = channel();
        let act = move |store: &mut Store| {
            // Somebody who no longer listens need not be told.
            let _ = answer.send(act(store));
        };
        self.send(Item::Alone(Box::new(act)));
        answered.recv().ok()
    }

    /// Gives the store back; `None` if the writing thread panicked.
    pub fn stop(mut self) -> Option<Store> {
        self.end()
    }

    fn send(&self, item: Item) {
        // Where nobody writes any more, the item is dropped with the channel of its answer, and
        // that is what its sender hears.
        let _ = self.sender.as_ref().map(|sender| sender.send(item));
    }

    fn end(&mut self) -> Option<Store> {
        self.sender = None;
        self.writer.take()?.join().ok()
    }
}

impl Drop for Queue {
    /// Waits until the database is closed.
    fn drop(&mut self) {
        drop(self.end());
    }
}

/// Does what waits until nobody can ask any more.
fn serve(mut store: Store, items: &Receiver<Item>) -> Store {
    let mut next = items.recv().ok();
    while let Some(item) = next.take() {
        match item {
            Item::Alone(act) => act(&mut store),
            Item::Shared(first) => next = together(&store, first, items),
        }
        next = next.or_else(|| items.recv().ok());
    }
    store
}

/// Does and commits a piece of work with all that wait behind it, and then acknowledges them.
/// Gives back what was found waiting that cannot be part of it.
fn together(store: &Store, first: Box<dyn Work>, items: &Receiver<Item>) -> Option<Item> {
    let (mut works, mut left) = (vec![first], None);
    let committed = Batch::begin(store).and_then(|batch| {
        while let Some(work) = works.last_mut() {
            work.run(&batch)?;
            if works.len() == MOST {
                break;
            }
            match items.try_recv() {
                Ok(Item::Shared(work)) => works.push(work),
                Ok(alone) => {
                    left = Some(alone);
                    break;
                }
                Err(_) => break,
            }
        }
        Ok(batch.commit()?)
    });
    let committed = committed.map_err(Arc::new);
    for work in works {
        work.acknowledge(committed.as_ref().err());
    }
    left
}

/// A piece of work whose types are its own.
trait Work: Send {
    /// Does it in a batch; an error says that the batch is spoilt.
    fn run(&mut self, batch: &Batch<'_>) -> Result<(), DatabaseError>;

    /// Tells its outcome, once the batch is committed or not.
    fn acknowledge(self: Box<Self>, failure: Option<&Arc<WriteError>>);
}

struct Task<F, T, E: Error + 'static> {
    act: Option<F>,
    outcome: Option<Outcome<T, E>>,
    answer: Sender<Result<T, QueueError<E>>>,
}

enum Outcome<T, E> {
    /// It holds if the batch does: a refusal too, which may rest on what others wrote in it.
    Done(Result<T, E>),
    /// It spoilt the batch, and is why.
    Spoilt(E),
}

impl<F, T, E> Work for Task<F, T, E>
where
    F: FnOnce(&Store) -> Result<T, E> + Send,
    T: Send,
    E: Error + Send,
{
    fn run(&mut self, batch: &Batch<'_>) -> Result<(), DatabaseError> {
        let Some(act) = self.act.take() else { return Ok(()) };
        match batch.run(act) {
            Ok(done) => self.outcome = Some(Outcome::Done(done)),
            Err((error, refused)) => {
                self.outcome = refused.map(Outcome::Spoilt);
                return Err(error);
            }
        }
        Ok(())
    }

    fn acknowledge(self: Box<Self>, failure: Option<&Arc<WriteError>>) {
        let told = match (self.outcome, failure) {
            (Some(Outcome::Spoilt(error)), _) => Err(QueueError::Refused(error)),
            (Some(Outcome::Done(done)), None) => done.map_err(QueueError::Refused),
            (_, Some(source)) => Err(QueueError::Unconfirmed { source: Arc::clone(source) }),
            (None, None) => Err(QueueError::Stopped),
        };
        // Somebody who no longer listens need not be told.
        let _ = self.answer.send(told);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Actor, NewSeal, Stamp};

    type Answer = Receiver<Result<i64, QueueError<WriteError>>>;

    fn seal(store: &Store) -> Result<i64, WriteError> {
        let who = Actor { name: "张三".to_owned(), role: "经办人".to_owned() };
        let at = "2024-01-05T09:00:00";
        let stamp = Stamp { who: &who, at, what: "", why: "", source: "", key: None };
        let digest = store.revision()?.to_string();
        let (title, state) = ("月报", "final");
        let new = NewSeal { title, digest: &digest, state, body: "", pack: "", sources: &[] };
        Ok(store.keep_seal(&new, &stamp)?.revision)
    }

    fn work<F>(act: F) -> (Box<dyn Work>, Answer)
    where
        F: FnOnce(&Store) -> Result<i64, WriteError> + Send + 'static,
    {
        let (answer, answered) = channel();
        (Box::new(Task { act: Some(act), outcome: None, answer }), answered)
    }

    fn store() -> Store {
        let files =
            [pack::SourceFile { path: "pack.toml".to_owned(), text: "label = \"甲\"\n".into() }];
        Store::open_in_memory(&pack::load(&files, &[]).unwrap()).unwrap()
    }

    /// Does all in one batch.
    fn all_together(store: &Store, works: Vec<Box<dyn Work>>) {
        let (sender, items) = channel();
        let mut works = works.into_iter();
        let first = works.next().unwrap();
        works.for_each(|work| sender.send(Item::Shared(work)).unwrap());
        assert!(together(store, first, &items).is_none());
        assert!(items.try_recv().is_err(), "something still waits");
    }

    #[test]
    fn nobody_is_told_before_the_commit() {
        let store = store();
        let (first, answered) = work(seal);
        let answered = Arc::new(std::sync::Mutex::new(answered));
        let early = Arc::clone(&answered);
        let (last, of_last) = work(move |store| {
            assert!(early.lock().unwrap().try_recv().is_err(), "told before the commit");
            seal(store)
        });
        all_together(&store, vec![first, last]);
        let first = answered.lock().unwrap().recv().unwrap().unwrap();
        assert_eq!((first, of_last.recv().unwrap().unwrap()), (1, 2));
        assert_eq!(store.revision().unwrap(), 2);
    }

    /// As the engine does by itself when the disk is full.
    #[test]
    fn a_transaction_that_is_taken_away_takes_all_of_the_batch_and_is_told_to_all() {
        let store = store();
        let (first, of_first) = work(seal);
        let (spoiler, of_spoiler) = work(|store| {
            store.writer.batch("rollback")?;
            seal(store)
        });
        let (last, of_last) = work(seal);
        let (sender, items) = channel();
        for work in [spoiler, last] {
            sender.send(Item::Shared(work)).unwrap();
        }
        assert!(together(&store, first, &items).is_none());
        let told = of_first.recv().unwrap();
        assert!(matches!(told, Err(QueueError::Unconfirmed { .. })), "{told:?}");
        let told = of_spoiler.recv().unwrap();
        assert!(matches!(told, Err(QueueError::Refused(WriteError::Database(_)))), "{told:?}");
        assert_eq!(store.revision().unwrap(), 0);
        let Ok(Item::Shared(last)) = items.try_recv() else { panic!("it was not to be begun") };
        all_together(&store, vec![last]);
        assert_eq!(of_last.recv().unwrap().unwrap(), 1);
        assert!(store.audit_verify().unwrap().is_sound());
    }

    #[test]
    fn a_batch_that_cannot_be_committed_is_acknowledged_to_nobody() {
        let store = store();
        store.writer.batch("create table zz_parent (id integer primary key) strict;
            create table zz_child (id integer references zz_parent deferrable initially deferred) strict")
            .unwrap();
        let (first, of_first) = work(seal);
        // The commit refuses it, and only the commit.
        let (orphan, of_orphan) = work(|store| {
            store.writer.batch("insert into zz_child values (7)")?;
            seal(store)
        });
        all_together(&store, vec![first, orphan]);
        for told in [of_first.recv().unwrap(), of_orphan.recv().unwrap()] {
            assert!(matches!(told, Err(QueueError::Unconfirmed { .. })), "{told:?}");
        }
        assert_eq!(store.revision().unwrap(), 0);
        assert_eq!(seal(&store).unwrap(), 1);
    }
}
