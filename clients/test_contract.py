"""The judge itself: what it must find, it finds."""

import unittest

from contract import OPERATIONS, SPEC, validate


class Judge(unittest.TestCase):
    def refuses(self, operation, answer, words):
        with self.assertRaises(AssertionError) as refused:
            validate(operation, answer)
        self.assertIn(words, str(refused.exception))

    def test_a_good_answer_passes(self):
        validate("get-instance", {"id": "4bf4bd5a-1c1a-4a0b-9d43-6b5b4d2b3b11", "state": "running",
                                  "created-at": "2026-01-01T00:00:00Z", "of-tomorrow": 1})
        validate("list-events", [])

    def test_broken_answers_are_found(self):
        self.refuses("get-instance", {"state": "sleeping"}, "$.state")
        self.refuses("get-instance", {"id": "4bf4"}, "$.id")
        self.refuses("get-instance", {"created-at": "yesterday"}, "$")
        self.refuses("get-instance", {"public-ip": None}, "$.public-ip")
        self.refuses("list-instance-types", {"instance-types": [{"gpus": 0}]}, "gpus")
        self.refuses("list-zones", {"zones": [{"name": "mars-1"}]}, "mars-1")
        self.refuses("list-events", {"events": []}, "$")
        self.refuses("list-events", [{"body-params": {"a": None}}], "$[0].body-params.a is null")

    def test_the_document_is_the_one_that_was_read(self):
        self.assertEqual(len(OPERATIONS), 371)
        self.assertEqual(SPEC["info"]["version"], "2.0.0")


if __name__ == "__main__":
    unittest.main()
