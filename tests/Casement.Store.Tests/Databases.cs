using Xunit;

namespace Casement.Store.Tests;

public sealed class JournalsInMemory(InMemory database) : JournalSuite(database), IClassFixture<InMemory>;

public sealed class JournalsOnSqlite(OnSqlite database) : JournalSuite(database), IClassFixture<OnSqlite>;

public sealed class JournalsOnPostgres(OnPostgres database) : JournalSuite(database);

public sealed class DiskOnSqlite(OnSqlite database) : DiskSuite(database), IClassFixture<OnSqlite>;

public sealed class DiskOnPostgres(OnPostgres database) : DiskSuite(database);

public sealed class SittingsOnSqlite(OnSqlite database) : SittingSuite(database), IClassFixture<OnSqlite>;

public sealed class SittingsOnPostgres(OnPostgres database) : SittingSuite(database);
