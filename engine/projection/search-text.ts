/** What instances are searched by, in one text: a line each for case number, customer, subject and business key. The index of the search is on exactly this. */
export const SEARCH_TEXT = `(coalesce(case_no, '') || coalesce(e'\\n' || customer_name, '') || coalesce(e'\\n' || subject, '') || coalesce(e'\\n' || business_key, ''))`;
