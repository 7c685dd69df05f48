-- Nothing changes in the tables. A signed end may now name an older version for the list rows, which an older program
-- would take for an altered one: it has to refuse this database instead.
SELECT 1;
