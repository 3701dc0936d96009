-- 1. The guard. Each row names texts that a reading from files refuses: there must be none.
WITH texts AS (
  SELECT TRUE AS kept,
    1 AS own_row,
    '2022/23' AS period,
    COALESCE(CAST("area" AS VARCHAR) COLLATE C, '') AS area,
    COALESCE(CAST("sector" AS VARCHAR) COLLATE C, '') AS category,
    COALESCE(CAST("count" AS VARCHAR) COLLATE C, '') AS figure,
    COALESCE(CAST("sex" AS VARCHAR) COLLATE C, '') AS part_1
  FROM "db"."adverts"
), counted AS (
  SELECT kept, own_row, period, area, category, part_1, figure, CAST(COUNT(*) AS HUGEINT) AS n
  FROM texts
  GROUP BY kept, own_row, period, area, category, part_1, figure
), numbered AS (
  SELECT counted.*,
    CASE WHEN figure IN ('[c]', 'c') THEN 'c 0..' WHEN figure IN ('[w]', 'w') THEN 'w 0..' WHEN figure IN ('[x]', 'x') THEN 'x 0..' WHEN figure IN ('[z]', 'z') THEN 'z 0..0' ELSE '' END AS mark,
    CASE WHEN REGEXP_MATCHES(figure, '\A[+]?([0-9]{1,16}|[1-9][0-9]{0,2}(,[0-9]{3}){1,5})([.]0*)?\z') AND TRY_CAST(REGEXP_REPLACE(figure, '[+,]|[.]0*\z', '', 'g') AS HUGEINT) <= 9007199254740991 THEN TRY_CAST(REGEXP_REPLACE(figure, '[+,]|[.]0*\z', '', 'g') AS HUGEINT) END AS number,
    kept AND category = 'Total' AS is_total,
    CASE WHEN kept AND category = 'Total' THEN SUM(n) OVER (PARTITION BY kept, period, area, category) ELSE SUM(n) OVER (PARTITION BY kept, period, area, category, part_1) END AS copies
  FROM counted
), judged AS (
  SELECT numbered.*, CASE
    WHEN NOT kept THEN ''
    WHEN REGEXP_MATCHES(period, '\A[\x{9}-\x{d}\x{20}\x{85}\x{a0}\x{ad}\x{1680}\x{180e}\x{2000}-\x{200f}\x{2028}-\x{202f}\x{205f}-\x{2069}\x{3000}\x{feff}]*\z') THEN 'an empty period'
    WHEN REGEXP_MATCHES(period, '(?i)\A(#N/A|#GETTING_DATA|#[A-Z0-9/_]+[!?]|ERR:[0-9]+)\z') THEN 'an error of a spreadsheet as period'
    WHEN REGEXP_MATCHES(area, '\A[\x{9}-\x{d}\x{20}\x{85}\x{a0}\x{ad}\x{1680}\x{180e}\x{2000}-\x{200f}\x{2028}-\x{202f}\x{205f}-\x{2069}\x{3000}\x{feff}]*\z') THEN 'an empty area'
    WHEN REGEXP_MATCHES(area, '(?i)\A(#N/A|#GETTING_DATA|#[A-Z0-9/_]+[!?]|ERR:[0-9]+)\z') THEN 'an error of a spreadsheet as area'
    WHEN REGEXP_MATCHES(category, '\A[\x{9}-\x{d}\x{20}\x{85}\x{a0}\x{ad}\x{1680}\x{180e}\x{2000}-\x{200f}\x{2028}-\x{202f}\x{205f}-\x{2069}\x{3000}\x{feff}]*\z') THEN 'an empty category'
    WHEN REGEXP_MATCHES(category, '(?i)\A(#N/A|#GETTING_DATA|#[A-Z0-9/_]+[!?]|ERR:[0-9]+)\z') THEN 'an error of a spreadsheet as category'
    WHEN mark = '' AND number IS NULL THEN CASE WHEN figure = '' THEN 'an empty figure' WHEN REGEXP_MATCHES(figure, '\A-([0-9]{1,16}|[1-9][0-9]{0,2}(,[0-9]{3}){1,5})([.][0-9]*)?([eE][+-]?[0-9]+)?\z') THEN 'a figure below 0' WHEN REGEXP_MATCHES(figure, '\A[+]?([0-9]{1,16}|[1-9][0-9]{0,2}(,[0-9]{3}){1,5})([.][0-9]*)?([eE][+-]?[0-9]+)?\z') THEN 'a figure that is no whole count up to 9007199254740991' ELSE 'a text that is neither a number nor a marker' END
    WHEN copies > 1 THEN 'a duplicated key'
    ELSE '' END AS fault
  FROM numbered
)
SELECT fault, period, area, category, figure, SUM(n) AS row_count
FROM judged
WHERE fault <> ''
GROUP BY fault, period, area, category, figure;

-- 2. The tally, in any order of its rows. Save it as CSV with the names of its columns.
WITH texts AS (
  SELECT TRUE AS kept,
    1 AS own_row,
    '2022/23' AS period,
    COALESCE(CAST("area" AS VARCHAR) COLLATE C, '') AS area,
    COALESCE(CAST("sector" AS VARCHAR) COLLATE C, '') AS category,
    COALESCE(CAST("count" AS VARCHAR) COLLATE C, '') AS figure,
    COALESCE(CAST("sex" AS VARCHAR) COLLATE C, '') AS part_1
  FROM "db"."adverts"
), counted AS (
  SELECT kept, own_row, period, area, category, part_1, figure, CAST(COUNT(*) AS HUGEINT) AS n
  FROM texts
  GROUP BY kept, own_row, period, area, category, part_1, figure
), numbered AS (
  SELECT counted.*,
    CASE WHEN figure IN ('[c]', 'c') THEN 'c 0..' WHEN figure IN ('[w]', 'w') THEN 'w 0..' WHEN figure IN ('[x]', 'x') THEN 'x 0..' WHEN figure IN ('[z]', 'z') THEN 'z 0..0' ELSE '' END AS mark,
    CASE WHEN REGEXP_MATCHES(figure, '\A[+]?([0-9]{1,16}|[1-9][0-9]{0,2}(,[0-9]{3}){1,5})([.]0*)?\z') AND TRY_CAST(REGEXP_REPLACE(figure, '[+,]|[.]0*\z', '', 'g') AS HUGEINT) <= 9007199254740991 THEN TRY_CAST(REGEXP_REPLACE(figure, '[+,]|[.]0*\z', '', 'g') AS HUGEINT) END AS number,
    kept AND category = 'Total' AS is_total,
    CASE WHEN kept AND category = 'Total' THEN SUM(n) OVER (PARTITION BY kept, period, area, category) ELSE SUM(n) OVER (PARTITION BY kept, period, area, category, part_1) END AS copies
  FROM counted
), judged AS (
  SELECT numbered.*, CASE
    WHEN NOT kept THEN ''
    WHEN REGEXP_MATCHES(period, '\A[\x{9}-\x{d}\x{20}\x{85}\x{a0}\x{ad}\x{1680}\x{180e}\x{2000}-\x{200f}\x{2028}-\x{202f}\x{205f}-\x{2069}\x{3000}\x{feff}]*\z') THEN 'an empty period'
    WHEN REGEXP_MATCHES(period, '(?i)\A(#N/A|#GETTING_DATA|#[A-Z0-9/_]+[!?]|ERR:[0-9]+)\z') THEN 'an error of a spreadsheet as period'
    WHEN REGEXP_MATCHES(area, '\A[\x{9}-\x{d}\x{20}\x{85}\x{a0}\x{ad}\x{1680}\x{180e}\x{2000}-\x{200f}\x{2028}-\x{202f}\x{205f}-\x{2069}\x{3000}\x{feff}]*\z') THEN 'an empty area'
    WHEN REGEXP_MATCHES(area, '(?i)\A(#N/A|#GETTING_DATA|#[A-Z0-9/_]+[!?]|ERR:[0-9]+)\z') THEN 'an error of a spreadsheet as area'
    WHEN REGEXP_MATCHES(category, '\A[\x{9}-\x{d}\x{20}\x{85}\x{a0}\x{ad}\x{1680}\x{180e}\x{2000}-\x{200f}\x{2028}-\x{202f}\x{205f}-\x{2069}\x{3000}\x{feff}]*\z') THEN 'an empty category'
    WHEN REGEXP_MATCHES(category, '(?i)\A(#N/A|#GETTING_DATA|#[A-Z0-9/_]+[!?]|ERR:[0-9]+)\z') THEN 'an error of a spreadsheet as category'
    WHEN mark = '' AND number IS NULL THEN CASE WHEN figure = '' THEN 'an empty figure' WHEN REGEXP_MATCHES(figure, '\A-([0-9]{1,16}|[1-9][0-9]{0,2}(,[0-9]{3}){1,5})([.][0-9]*)?([eE][+-]?[0-9]+)?\z') THEN 'a figure below 0' WHEN REGEXP_MATCHES(figure, '\A[+]?([0-9]{1,16}|[1-9][0-9]{0,2}(,[0-9]{3}){1,5})([.][0-9]*)?([eE][+-]?[0-9]+)?\z') THEN 'a figure that is no whole count up to 9007199254740991' ELSE 'a text that is neither a number nor a marker' END
    WHEN copies > 1 THEN 'a duplicated key'
    ELSE '' END AS fault
  FROM numbered
), recorded AS (
  SELECT
    CASE WHEN records.record = 'figure' THEN CASE WHEN fault <> '' THEN 'refused'
      WHEN is_total THEN 'total' WHEN mark <> '' THEN 'mark' ELSE 'cell' END
      WHEN records.record IN ('area', 'category') THEN 'name' ELSE records.record END AS record,
    CASE WHEN records.record IN ('figure', 'account') THEN period ELSE '' END AS period,
    CASE WHEN records.record IN ('figure', 'area') THEN area ELSE '' END AS area,
    CASE WHEN records.record IN ('figure', 'category') AND NOT is_total
      THEN category ELSE '' END AS category,
    CASE WHEN records.record = 'figure' AND NOT is_total THEN mark
      WHEN records.record <> 'account' THEN ''
      WHEN NOT kept THEN 'where' WHEN is_total THEN 'totals' ELSE 'published' END AS mark,
    CASE WHEN records.record = 'input' THEN n * own_row ELSE n END AS figures,
    CASE WHEN fault = '' THEN n * number END AS value,
    CASE WHEN records.record = 'figure' AND fault = '' AND is_total THEN COALESCE(number * 2 - CAST(LEAST(number * 2, CASE WHEN number >= 5000 THEN CASE WHEN MOD(number, 2000) = 0 THEN 2000 ELSE 1000 END WHEN number >= 2500 THEN CASE WHEN MOD(number, 1000) = 0 THEN 1000 ELSE 500 END WHEN number >= 1000 THEN CASE WHEN MOD(number, 500) = 0 THEN 500 ELSE 250 END WHEN number >= 500 THEN CASE WHEN MOD(number, 200) = 0 THEN 200 ELSE 100 END WHEN number >= 250 THEN CASE WHEN MOD(number, 100) = 0 THEN 100 ELSE 50 END WHEN number >= 50 THEN CASE WHEN MOD(number, 50) = 0 THEN 50 ELSE 25 END WHEN number >= 0 THEN CASE WHEN MOD(number, 10) = 0 THEN 10 ELSE 5 END ELSE 0 END) AS HUGEINT), CASE mark WHEN 'c 0..' THEN 0 WHEN 'w 0..' THEN 0 WHEN 'x 0..' THEN 0 WHEN 'z 0..0' THEN 0 END)
      WHEN records.record = 'figure' AND fault = '' AND number IS NOT NULL THEN n * CAST(LEAST(number * 2, CASE WHEN number >= 5000 THEN CASE WHEN MOD(number, 2000) = 0 THEN 2000 ELSE 1000 END WHEN number >= 2500 THEN CASE WHEN MOD(number, 1000) = 0 THEN 1000 ELSE 500 END WHEN number >= 1000 THEN CASE WHEN MOD(number, 500) = 0 THEN 500 ELSE 250 END WHEN number >= 500 THEN CASE WHEN MOD(number, 200) = 0 THEN 200 ELSE 100 END WHEN number >= 250 THEN CASE WHEN MOD(number, 100) = 0 THEN 100 ELSE 50 END WHEN number >= 50 THEN CASE WHEN MOD(number, 50) = 0 THEN 50 ELSE 25 END WHEN number >= 0 THEN CASE WHEN MOD(number, 10) = 0 THEN 10 ELSE 5 END ELSE 0 END) AS HUGEINT) END AS below,
    CASE WHEN records.record = 'figure' AND fault = '' AND is_total THEN COALESCE(number * 2 + CAST(CASE WHEN number >= 5000 THEN CASE WHEN MOD(number, 2000) = 0 THEN 2000 ELSE 1000 END WHEN number >= 2500 THEN CASE WHEN MOD(number, 1000) = 0 THEN 1000 ELSE 500 END WHEN number >= 1000 THEN CASE WHEN MOD(number, 500) = 0 THEN 500 ELSE 250 END WHEN number >= 500 THEN CASE WHEN MOD(number, 200) = 0 THEN 200 ELSE 100 END WHEN number >= 250 THEN CASE WHEN MOD(number, 100) = 0 THEN 100 ELSE 50 END WHEN number >= 50 THEN CASE WHEN MOD(number, 50) = 0 THEN 50 ELSE 25 END WHEN number >= 0 THEN CASE WHEN MOD(number, 10) = 0 THEN 10 ELSE 5 END ELSE 0 END AS HUGEINT), CASE mark WHEN 'z 0..0' THEN 0 END)
      WHEN records.record = 'figure' AND fault = '' AND number IS NOT NULL THEN n * CAST(CASE WHEN number >= 5000 THEN CASE WHEN MOD(number, 2000) = 0 THEN 2000 ELSE 1000 END WHEN number >= 2500 THEN CASE WHEN MOD(number, 1000) = 0 THEN 1000 ELSE 500 END WHEN number >= 1000 THEN CASE WHEN MOD(number, 500) = 0 THEN 500 ELSE 250 END WHEN number >= 500 THEN CASE WHEN MOD(number, 200) = 0 THEN 200 ELSE 100 END WHEN number >= 250 THEN CASE WHEN MOD(number, 100) = 0 THEN 100 ELSE 50 END WHEN number >= 50 THEN CASE WHEN MOD(number, 50) = 0 THEN 50 ELSE 25 END WHEN number >= 0 THEN CASE WHEN MOD(number, 10) = 0 THEN 10 ELSE 5 END ELSE 0 END AS HUGEINT) END AS above,
    CASE WHEN records.record = 'figure' THEN fault ELSE '' END AS text
  FROM judged CROSS JOIN (SELECT 'input' AS record UNION ALL SELECT 'account' AS record UNION ALL SELECT 'figure' AS record) AS records
  WHERE records.record IN ('input', 'account') OR kept AND (records.record = 'figure')
), summed AS (
  SELECT record, period, area, category, mark, SUM(figures) AS figures, SUM(value) AS value,
    SUM(below) AS below, SUM(above) AS above, MIN(text) AS text
  FROM recorded
  GROUP BY record, period, area, category, mark
)
SELECT record, period, area, category, mark,
  CASE WHEN record IN ('input', 'account') THEN 'db.adverts' ELSE '' END AS input,
  CASE WHEN record IN ('total', 'name') THEN '' ELSE CASE WHEN figures <> 0 THEN CAST(figures AS VARCHAR) ELSE '' END END AS figures,
  CASE WHEN record IN ('cell', 'account') THEN CASE WHEN value <> 0 THEN CAST(value AS VARCHAR) ELSE '' END ELSE '' END AS value, '' AS value_rest,
  CASE WHEN below <> 0 THEN CAST(CAST(below AS DECIMAL(36,0)) * CAST('0.5' AS DECIMAL(2,1)) AS VARCHAR) ELSE '' END AS below, '' AS below_rest,
  CASE WHEN record = 'total' AND above IS NULL THEN 'inf' ELSE CASE WHEN above <> 0 THEN CAST(CAST(above AS DECIMAL(36,0)) * CAST('0.5' AS DECIMAL(2,1)) AS VARCHAR) ELSE '' END END AS above, '' AS above_rest,
  '' AS first_input, '' AS first_line,
  CASE WHEN record = 'input' THEN '{"table":"db.adverts"}' ELSE text END AS text
FROM summed
UNION ALL
SELECT 'tally', '', '', '', '', '', '', '', '', '', '', '', '', '', '', '...';
