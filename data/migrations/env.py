"""What Alembic runs: the steps that are missing, on the connection it is given."""

from alembic import context

context.configure(
    connection=context.config.attributes["connection"],
    transactional_ddl=True,  # all steps or none, in SQLite too
)
with context.begin_transaction():
    context.run_migrations()
