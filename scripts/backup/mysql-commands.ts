/** Host, port, user and database as arguments; the password is asked for, never written into a shell history. */
function connection(databaseUrl: string): string {
  const { hostname, port, username, pathname } = new URL(databaseUrl);
  const user = decodeURIComponent(username);
  return `--host=${hostname} --port=${port || '3306'} --user=${user} --password ${pathname.slice(1)}`;
}

/** One consistent moment, without locking the server out (works for MySQL 8 and MariaDB; `mariadb-dump` is the same). */
export const dumpCommand = (databaseUrl: string, file: string): string =>
  `mysqldump --single-transaction --quick --hex-blob --default-character-set=utf8mb4 --result-file=${file} ${connection(databaseUrl)}`;

export const loadCommand = (databaseUrl: string, file: string): string =>
  `mysql --default-character-set=utf8mb4 ${connection(databaseUrl)} < ${file}`;
