"""Accounts of jobs on the second set of extracts: series of years, surveys, enterprises, claimants."""
import re

from extract_account import *
from extract_files import *

LEARNERS = "provision/fe_participation_achievements_ay1920_ay2324_lsip_ca_england.csv"
JANUARY = "demand/vacancies_soc2020_jan25_lsip_ca_england.csv"
MONTHS = "demand/adverts_total_monthly_jul2021_jul2025_lsip_ca_england.csv"
STATUS = "labour/aps_status_apr2020_mar2025_lsip_ca_england.csv"
WORKERS = "labour/aps_employment_soc2020_industry_apr2020_mar2025_lsip_ca_england.csv"
BIRTHS = "business/enterprise_births_deaths_active_2019_2023_lsip_ca_england.csv"
ENTERPRISES = "business/enterprise_count_industry_size_mar2020_mar2024_lsip_ca_england.csv"
DEMOGRAPHY = "business/businessdemographyexceltables2024.xlsx"
STARTS = "provision/apprenticeships_ssa_tier2_standard_national.csv"
SHORTAGES = "demand/ess2017_employment_vacancies_shortage_by_occupation_lep.csv"
VACANCIES_2019 = "demand/ess2019_vacancies_shortage_by_sector_lep.csv"

PLAN_AREA = column("Area", "^(.*) LSIP$")
IN_2024, IN_2025 = plan_areas("2024-01-01"), plan_areas("2025-01-01")
NOMIS_PARTNERSHIPS = names(f"{CASES}/partnership-names.csv", "name", "code")
SURVEY_PARTNERSHIPS = names(f"{CASES}/survey-partnerships.csv", "name", "code")
BOROUGHS = lookup(
    "lookup/Local_Authority_District_to_Region_(December_2022)_Lookup_in_England.csv",
    "LAD22NM", "LAD22CD", where=lambda row: row["RGN22NM"] == "London")
MANCHESTER = [f"E080000{number:02}" for number in range(1, 11)]
TENS, FIVES, HUNDREDS = figures(nearest(10)), figures(nearest(5)), figures(nearest(100))
WITHHELD = figures(marks={"**": ANY})


def wide(path, headings):
    """A figure per row and heading."""
    for row in table(path):
        for heading in headings:
            yield {**row, "period": heading, "value": row[heading]}


def headings(path, pattern):
    return [name for name in table(path)[0] if re.search(pattern, name)]


def learners(metric, breakdown, years, areas, figures):
    return account(
        wide(LEARNERS, headings(LEARNERS, "^AY")), "value", PLAN_AREA,
        only(metric=metric, Breakdown=breakdown, period=years), areas, figures=figures)


def adverts_of(months, counted, areas):
    return account(
        wide(MONTHS, headings(MONTHS, counted)), "value", PLAN_AREA, only(period=months), areas)


def january(breakdown, **more):
    return account(
        table(JANUARY), "valueText", PLAN_AREA, only(Breakdown=breakdown), IN_2025, figures=FIVES,
        **more)


def sub_major_groups():
    codes = [row["code"] for row in table(f"{CASES}/soc-sub-major-groups.csv")]
    return {"category": column("Subgroup", r"^(\d\d) - "), "categories": own(codes)}


def workers():
    return account(
        wide(WORKERS, headings(WORKERS, "^Apr")), "value", PLAN_AREA,
        only(Breakdown="Occupation (SOC2020 Sub-Major Group)", period="Apr 2024-Mar 2025"), IN_2025,
        figures=figures(nearest(100), {"NA": (0, 9999)}), **sub_major_groups())


def unemployed():
    years = [f"Apr {year}-Mar {year + 1}" for year in range(2021, 2025)]
    return account(
        table(STATUS), "valueText", PLAN_AREA, only(metric="unemployed", Period=years), IN_2025,
        figures=HUNDREDS)


def aims_by_industry():
    return account(
        table("provision/fe_aims_ssa_ay2324_lsip_ca_england.csv"), "valueText", PLAN_AREA,
        only(metric="achievementsAims", Breakdown="SSA"), IN_2024, column("Subgroup"),
        chain(INDUSTRIES, industry_groups()), figures=figures(nearest(10), {"low": (1, 4)}))


def industry_groups():
    return names(f"{CASES}/industry-groups.csv", "industry", "group")


def enterprises():
    return account(
        wide(ENTERPRISES, headings(ENTERPRISES, "^Mar")), "value", PLAN_AREA,
        only(Breakdown=["Industry", "Total"], period="Mar 2024"), IN_2024, column("Subgroup"),
        industry_groups(), figures=FIVES, is_total=only(Subgroup="Total"))


def births():
    years = [f"Dec {year} - Dec {year + 1}" for year in range(2020, 2023)]
    return account(
        table(BIRTHS), "valueText", PLAN_AREA, only(metric="births", Period=years), IN_2024,
        figures=FIVES)


def demography(name, columns):
    """A sheet whose years stand on line 4, from the given column on: codes or labels before them."""
    rows = sheet(DEMOGRAPHY, name)
    for row in rows[4:]:
        if row[0]:
            for at in columns:
                yield {"label": row[0], "code": row[0].strip(), "period": str(rows[3][at]),
                       "value": row[at]}


def births_by_district():
    districts = districts_to_plan_areas("lad_code")
    districts.update(names(f"{CASES}/former-districts.csv", "lad_code", "lsip_code"))
    return account(demography("Table 1.1c", [2, 3, 4]), "value", column("code"), areas=districts,
                   figures=FIVES)


def births_by_division():
    divisions = names(f"{CASES}/sic-divisions.csv", "division", "section")
    return account(
        demography("Table 1.2", range(1, 7)), "value", lambda row: "all",
        lambda row: row["label"] != "Total" and row["period"] in ("2023", "2024"),
        category=column("label", r"^(\d\d)(?: \(.*\))? : "), categories=divisions, figures=FIVES)


def active_by_region():
    return account(demography("Table 3.1a", [2]), "value", column("code"), areas=own(REGISTERED),
                   figures=FIVES)


def achieved_by_region():
    keep = only(geographic_level="region", level_or_type="Education and training: Total",
                time_period="201819")
    return account(
        table("provision/permalink-3960ad0f-fe-skills-level-provision-lad-201617-202021.csv"),
        "achievements", column("location_code"), keep, own(REGISTERED), figures=TENS)


def starts(categories):
    return account(
        table(STARTS), "values", lambda row: "all",
        only(measure="Starts", year=["2022/23", "2023/24"]), category=column("ssa_t1_desc"),
        categories=categories)


def new_adverts():
    path = "demand/new_adverts_uk_monthly_jan2017_dec2023.csv"
    return account(
        wide(path, headings(path, r" 20\d\d$")), "value", lambda row: "all",
        only(level="field", period=["Dec 2022", "Dec 2023"]), category=column("field"),
        categories=names(f"{CASES}/advert-fields.csv", "field", "subject"))


def employed(year):
    return account(
        sectors_across(year), "value", keep=only(type="lep"), areas=NOMIS_PARTNERSHIPS,
        category=column("category", "^([A-U]) : "), categories=own(SECTIONS), figures=figures(bres))


def shortages_2017(measure):
    groups = ["Managers", "Professionals", "Associate professionals", "Administrative/clerical staff",
              "Skilled trades occupations", "Caring, leisure and other services staff",
              "Sales and customer services staff", "Machine operatives", "Elementary staff",
              "Unclassified staff"]
    keep = only(measure=measure, occupation=groups)
    return account(
        table(SHORTAGES), "value", column("LEP"),
        lambda row: keep(row) and row["LEP"] != "Total", SURVEY_PARTNERSHIPS, column("occupation"),
        own(groups), ["Unclassified staff"], WITHHELD)


def vacancies_2019(measure):
    keep = only(measure=measure, group=["LEP", "Sector (13 sector grouping)"])
    return account(
        table(VACANCIES_2019), "value", column("sheet"),
        lambda row: keep(row) and row["sheet"] != "ALL_LEPS", SURVEY_PARTNERSHIPS,
        figures=WITHHELD, is_total=only(group="LEP"))


def qualified():
    path = "labour/aps_qualifications_2020_2024_lsip_ca_england.csv"
    years = [f"Jan {year}-Dec {year}" for year in (2022, 2023, 2024)]
    return account(
        wide(path, headings(path, "^Jan")), "value", PLAN_AREA,
        only(Breakdown="Total", period=years), IN_2024, column("metric"), qualifications(), ["other"],
        HUNDREDS)


def qualifications():
    return names(f"{CASES}/qualifications.csv", "qualification", "level")


def projected():
    path = "projections/skills_imperative_employment_2010_2035_lsip_ca_england.csv.gz"
    return account(
        wide(path, headings(path, "^20")), "value", PLAN_AREA,
        only(Breakdown="Qualification", period=["2022", "2023", "2024"]), IN_2024,
        column("Subgroup"), qualifications(), ["other"])


def claimants():
    path = "claimants/claimant_count_london_borough_lsoa_sum_mar2019_mar2024_mar2025.csv"
    return account(table(path), "claimant_count_lsoa_sum", column("local_authority"),
                   only(date="March 2019"), BOROUGHS, figures=FIVES)


def jobs_in_manchester():
    districts = lookup("lookup/lads.csv", "lad_name", "lad_code",
                       where=lambda row: row["lad_code"] in MANCHESTER)
    return account(commuters(), "value", column("destination"), areas=districts)


def outcomes():
    providers = lookup(f"{DATASETS}/london-sectors/providers.csv", "ukprn", "region_code",
                       "achievements", lambda row: row["region_code"] != "z")
    return account(
        table("outcomes/fe_outcomes_provider_2021_22_2022_23.csv"), "number_of_learners",
        column("provider_ukprn"), only(provision="Total", time_period="2021/22"), providers,
        figures=figures(nearest(10), {"c": ANY}, "lower"))


def units_of_regions(year):
    return account(adverts("2"), "value", keep=only(period=year), areas=REGION_NAMES)


def young_workers():
    return account(
        table("crosswalk/leo_subject_by_industry_region_level.csv"), "number_students_sub",
        column("Region"),
        lambda row: row["Region"] != "England" and row["Level_order"] == "All levels", REGION_NAMES,
        column("Sector"), names(f"{CASES}/leo-industries.csv", "leo_industry", "code"),
        figures=figures(nearest(10), {"low": (1, 4)}, is_zero_exact=True))


def check_england():
    """Totals that PROVENANCE.md states of England's rows, of which no job keeps any."""
    def staff(path, **wanted):
        return sum(number(row["value"]) for row in table(path) if only(**wanted)(row))
    stated = {"employment": 24452030, "vacancies": 852920, "hard-to-fill vacancies": 286818,
              "skill-shortage vacancies": 193843}
    for measure, total in stated.items():
        assert staff(SHORTAGES, LEP="Total", measure=measure, occupation="Total") == total, measure
    stated = {"Number of vacancies": 811703, "Number of skill-shortage vacancies": 199088}
    for measure, total in stated.items():
        assert staff(VACANCIES_2019, sheet="ALL_LEPS", measure=measure, group="ENGLAND") == total
    for year, total in [(2016, 26330000), (2018, 26809000)]:
        assert total == sum(
            number(row["value"]) for row in sectors_across(year)
            if row["type"] == "country" and re.match("[A-U] : ", row["category"])), year


# The grid's areas, where a list names them; provision; demand.
SERIES = {
    "births-districts-to-lsip": (
        None,
        lambda: learners("achievements", "Total", ["AY20/21", "AY21/22", "AY22/23"], IN_2024, TENS),
        births_by_district),
    "births-industries-uk": (None, lambda: starts(INDUSTRIES), births_by_division),
    "births-lsip": (
        None,
        lambda: learners("achievements", "Total", ["AY20/21", "AY21/22", "AY22/23"], IN_2024, TENS),
        births),
    "claimants-boroughs": (
        [code for share in BOROUGHS.values() for code in share], claimants,
        lambda: account(adverts("1"), "value", keep=only(period="2019"), areas=BOROUGHS)),
    "claimants-manchester": (
        MANCHESTER,
        lambda: account(
            table("claimants/claimant_count_gm_lad_ca_jan2014_dec2014.csv"), "value",
            column("area_code"), only(area_code=MANCHESTER, date="2014-12-01"), figures=FIVES),
        jobs_in_manchester),
    "enterprises-2019-regions": (REGISTERED, achieved_by_region, active_by_region),
    "enterprises-2024-lsip": (None, aims_by_industry, enterprises),
    "jobs-2016-2018-lep": (None, lambda: employed(2016), lambda: employed(2018)),
    "learners-four-years-lsip": (
        None,
        lambda: learners("achievements", "Total", ["AY20/21", "AY21/22", "AY22/23", "AY23/24"],
                         IN_2024, TENS),
        lambda: adverts_of(["Jul-21", "Jul-22", "Jul-23", "Jul-24"], "-", IN_2024)),
    "new-adverts-uk": (
        None, lambda: starts(own({row["ssa_t1_desc"] for row in table(STARTS)})), new_adverts),
    "occupations-2025-lsip": (
        None, workers,
        lambda: january("Occupation (SOC2020 Sub-Major Group)", **sub_major_groups())),
    "outcomes-providers": (REGISTERED, outcomes, lambda: units_of_regions("2022")),
    "participation-2025-lsip": (
        None,
        lambda: learners("participation", "Age", "AY23/24", IN_2025,
                         figures(nearest(10), {"low": (1, 4), "": (0, 0)}, is_zero_exact=True)),
        lambda: january("Occupation (SOC2020 Major Group)")),
    "qualifications-2024-lsip": (None, qualified, projected),
    "shortages-2017-lep": (
        None, lambda: shortages_2017("employment"),
        lambda: shortages_2017("skill-shortage vacancies")),
    "students-regions": (
        REGISTERED,
        lambda: account(
            table("funding/FE-Allocations-2019-2020.csv"), "Total Students", column("Region"),
            areas=names(f"{CASES}/funding-regions.csv", "region", "code")),
        lambda: units_of_regions("2020")),
    "unemployed-four-years-lsip": (
        None, unemployed,
        lambda: adverts_of(["Mar-22", "Mar-23", "Mar-24", "Mar-25"], "^Mar-", IN_2025)),
    "vacancies-2019-lep": (
        None, lambda: vacancies_2019("Total number of staff"),
        lambda: vacancies_2019("Number of vacancies")),
    "young-workers-regions": (
        REGISTERED, young_workers,
        lambda: account(
            jobs_by_region(range(1, 10)), "value", keep=only(period="Jun 19"), areas=REGIONS,
            category=column("section"), categories=own(SECTIONS))),
}
