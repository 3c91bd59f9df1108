"""The files of a run say what SCHEMA.md says: columns, types, descriptions, versions, compression."""
import unittest

import pyarrow as pa
import pyarrow.parquet as pq

from tests.readers import contract
from tests.samples import output_of_run


class Contract(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        output = output_of_run()
        cls.promised = contract.tables()
        cls.files = {name: sorted((output / name).glob("*.parquet")) for name in cls.promised}

    def each(self):
        for table, files in self.files.items():
            for file in files:
                yield table, pq.ParquetFile(file)

    def test_promises_the_six_tables(self):
        self.assertEqual(list(self.promised), [*contract.PAGE_TABLES, "rejects", "runs"])

    def test_every_page_table_has_a_file(self):
        for table in (*contract.PAGE_TABLES, "runs"):
            self.assertTrue(self.files[table], table)

    def test_columns_stand_in_the_promised_order(self):
        for table, file in self.each():
            self.assertEqual(file.schema_arrow.names, list(self.promised[table]))

    def test_columns_have_the_promised_types(self):
        for table, file in self.each():
            for field in file.schema_arrow:
                self.assertTrue(same_type(self.promised[table][field.name].type, field.type),
                                f"{table}.{field.name} is {field.type}")

    def test_only_columns_with_a_question_mark_may_be_null(self):
        for table, file in self.each():
            for field in file.schema_arrow:
                self.assertEqual(field.nullable, self.promised[table][field.name].nullable, f"{table}.{field.name}")

    def test_every_column_describes_itself(self):
        for table, file in self.each():
            for field in file.schema_arrow:
                self.assertTrue((field.metadata or {}).get(b"description"), f"{table}.{field.name}")

    def test_every_file_tells_the_versions(self):
        for table, file in self.each():
            told = file.metadata.metadata
            self.assertRegex(told[b"copydesk.contract_version"].decode(), r"^\d+(\.\d+)*$")
            self.assertRegex(told[b"copydesk.version"].decode(), r"^\d+\.\d+\.\d+")

    def test_columns_are_compressed_with_zstd_and_have_statistics(self):
        for table, file in self.each():
            for group in range(file.metadata.num_row_groups):
                for index in range(file.metadata.num_columns):
                    column = file.metadata.row_group(group).column(index)
                    self.assertEqual(column.compression, "ZSTD", f"{table}.{column.path_in_schema}")
                    self.assertTrue(column.is_stats_set, f"{table}.{column.path_in_schema}")


def same_type(promised: pa.DataType, found: pa.DataType) -> bool:
    """Whether two types agree, whatever the items of a list are called and whether members may be null."""
    if pa.types.is_list(promised) and pa.types.is_list(found):
        return same_type(promised.value_type, found.value_type)
    if pa.types.is_struct(promised) and pa.types.is_struct(found):
        return len(promised) == len(found) and all(
            a.name == b.name and same_type(a.type, b.type) for a, b in zip(promised, found))
    return promised == found


if __name__ == "__main__":
    unittest.main()
