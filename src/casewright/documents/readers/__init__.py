"""One file for each type of document; `casewright.documents.reading` has the table of them."""
