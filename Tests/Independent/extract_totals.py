#!/usr/bin/env python3
"""extract_totals.py EXTRACTS CASES DATASETS: what each job of Tests/Cases/extracts must end in.

An independent account that reads no job. One JSON object per line: the job, the number of the
grid's areas, and of either side its figures, their sum, what reaches the grid, what is unmapped, how
many source areas hold something that reaches it, and what each area of the grid holds, with its
bounds.
Needs Python's standard library and openpyxl.
"""
import json
import re

from extract_account import *
from extract_files import *
from extract_series import SERIES, check_england

ACHIEVED = "provision/C_Achieve_ILR21_full-year-202122.csv"
ADVERTS = "demand/D_OnsProfDetail_Dec22.csv"
AIMS = "provision/fe_aims_ssa_ay2324_lsip_ca_england.csv"
VACANCIES = "demand/vacancies_soc2020_jul25_lsip_ca_england.csv"
EMPLOYMENT = "demand/aps_employment_soc2020_apr24mar25_lsip_ca_england.csv"
FIVE_YEARS = "provision/permalink-3960ad0f-fe-skills-level-provision-lad-201617-202021.csv"
SIZES = "nomis/nomis_2022_11_08_130847_UBC_size.xlsx"
OCCUPATIONS = "nomis/nomis_2022_11_08_125617_APS_T09a_stacked.xlsx"
PAIRS = "od/apprenticeship_home_delivery_lad_202223.csv"
DEATHS = "nomis/nomis_mortality_api_columns.csv"
MAJOR = "Occupation (SOC2020 Major Group)"
SUB_MAJOR = "Occupation (SOC2020 Sub-Major Group)"
SMALL = (0, 4)
TENS = figures(nearest(10), {"low": (1, 4)})
ACHIEVED_TENS = figures(nearest(10), {"NA": SMALL})
OLD_TENS = figures(nearest(10), {"~": SMALL})
FIVES = figures(nearest(5), {"[x]": SMALL})
HUNDREDS = figures(nearest(100), {"NA": (0, 9999)})
SURVEYED = {"!": ANY, "*": ANY, "~": (0, 499), "-": ANY}
ALL_PEOPLE = re.compile(r"T09a:\d+ \(All people - .* : All people \)$")
PLAN_AREA = column("Area", "^(.*) LSIP$")
AUTHORITY = column("Area", "^(.*) MCA$")
ALL_PLAN_AREAS = [code for share in PLAN_AREAS.values() for code in share]
AUTHORITIES = lookup(
    "lookup/english_devolved_areas.csv", "english_devolved_area_name", "english_devolved_area_code",
    where=lambda row: row["english_devolved_area_code"] != "z",
    span=("date_of_introduction", "date_of_termination", "2025-01-01"))
PARTNERSHIPS = lookup(
    "lookup/leps.csv", "local_enterprise_partnership_name", "local_enterprise_partnership_code",
    span=("date_of_introduction", "date_of_termination", "2022-12-01"))
NOMIS_PARTNERSHIPS = names(f"{CASES}/partnership-names.csv", "name", "code")
PROVIDERS = lookup(f"{DATASETS}/london-sectors/providers.csv", "ukprn", "region_code",
                   "achievements", lambda row: row["region_code"] != "z")
STANDARDS = lookup(
    f"{DATASETS}/london-sectors/standard-sectors.csv", "name", "sector_code", "weight")
PROFESSION_SECTORS = lookup(
    f"{DATASETS}/london-sectors/profession-sectors.csv", "profession", "sector_code", "weight")
PLAN_AREA_REGIONS = chain(PLAN_AREAS, lookup(
    f"{DATASETS}/london-sectors/lsip-regions.csv", "lsip_code", "region_code", "weight"))


def achieved(value, level, areas=None, **more):
    wanted = {"geographic_level": level, "Level": "Total", "sex": "Total", **more.pop("keep", {})}
    return account(table(ACHIEVED), value, keep=only(**wanted), areas=areas,
                   figures=ACHIEVED_TENS, **more)


def by_subject(maps, excluded=()):
    return {"category": column("SSA"), "categories": maps, "excluded": excluded}


def professions(level, areas=None, categories=PROFESSIONS, excluded=()):
    return account(
        table(ADVERTS), "vacancies", keep=only(geographic_level=level), areas=areas,
        category=column("Detailed Profession Category"), categories=categories, excluded=excluded,
        figures=FIVES)


def aims(metric, breakdown, area, areas):
    return account(table(AIMS), "valueText", area, only(metric=metric, Breakdown=breakdown), areas,
                   figures=TENS)


def long_counts(path, breakdown, area, areas, figures=EXACT):
    return account(
        table(path), "valueText", area, only(Breakdown=breakdown), areas, figures=figures)


def five_years(kind, periods, area, areas=None):
    keep = only(geographic_level="localAuthorityDistrict", level_or_type=f"{kind}: Total",
                time_period=periods)
    return account(table(FIVE_YEARS), "achievements", column(area), keep, areas, figures=OLD_TENS,
                   period=column("time_period"))


def jobs_of(numbers, period, areas=None):
    return account(
        jobs_by_region(numbers), "value", keep=only(period=period), areas=areas,
        category=column("section"), categories=own(SECTIONS))


def units(sheet_name, periods, areas, figures=EXACT):
    return account(
        adverts(sheet_name), "value", keep=only(period=periods), areas=areas, figures=figures)


def deaths(gender):
    keep = only(GENDER_NAME=gender, GEOGRAPHY_NAME=["England", "Wales"])
    return account(
        table(DEATHS), "OBS_VALUE", column("GEOGRAPHY_CODE"),
        lambda row: keep(row) and "all ages" not in row["CAUSE_OF_DEATH_NAME"])


def part_year():
    keep = only(geographic_level="localAuthorityDistrict")
    return account(
        table("provision/FEAchSSAAug21-Apr22.csv"), "e_and_t_aims_ach", column("location_code"), keep,
        names("lookup/Local_Authority_District_to_Region_(December_2022)_Lookup_in_England.csv",
              "LAD22CD", "RGN22CD"),
        column("ssa_t1_desc"), INDUSTRIES,
        figures=figures(nearest(10), {"low": SMALL}, is_zero_exact=True),
        is_total=only(ssa_t1_desc="Total"))


def loans_by_subject():
    keep = only(geographic_level="National", breakdown_topic="Sector subject area (tier 1)",
                time_period=["201415", "202122"])
    return account(
        table("provision/adv-learner-loans-applications-202122-breakdown.csv"), "apps_received",
        column("country_name"), keep, category=column("breakdown"), categories=INDUSTRIES, figures=TENS)


def standards():
    return account(
        table("provision/apprenticeships_provider_standard_202223_202324.csv.gz"), "values",
        column("provider_name", r"\((\d{8})\)$"), only(measure="Achievements", year="2022/23"),
        PROVIDERS, column("std_fwk_name"), STANDARDS)


def national():
    return account(
        table("provision/apprenticeships_ssa_tier2_standard_national.csv"), "values",
        lambda row: "all", only(measure="Starts", year=["2022/23", "2024/25"]),
        category=column("ssa_t1_desc"), categories=INDUSTRIES)


def national_starts():
    return account(
        table("provision/apprenticeships_ssa_tier2_standard_national.csv"), "values",
        lambda row: "all", only(measure="Starts", year=["2022/23", "2024/25"]))


# The grid's areas, where a list names them; provision; demand.
JOBS = {
    "achievements-2011-to-plan-areas": (
        None,
        lambda: five_years("Apprenticeships", "201617", "location_code",
                           chain(TO_2021, districts_to_plan_areas("lad_code"))),
        lambda: long_counts(VACANCIES, "Total", PLAN_AREA, plan_areas("2025-07-01"))),
    "achievements-five-years": (
        None,
        lambda: five_years("Education and training", ["201718", "201819", "201920", "202021"],
                           "location_code", TO_2021),
        lambda: account(
            stacked(SIZES, 6, 1), "value", areas=DISTRICT_NAMES, figures=FIVES,
            period=column("period"), keep=lambda row: row["type"] == "ladu" and row["category"] != "Total"
            and row["period"] in ("2018", "2019", "2020", "2021"))),
    "adverts-2022-lep": (
        None,
        lambda: achieved("Enrolments", "LEP", PARTNERSHIPS, **by_subject(SUBJECTS),
                         keep={"Level": ["E", "1", "2", "3", "4+", "Not Assigned"]}),
        lambda: professions("LEP", PARTNERSHIPS)),
    "adverts-districts": (
        None,
        lambda: account(table(PAIRS), "achievements", column("learner_home_lad"),
                        areas=DISTRICT_NAMES),
        lambda: units("1", "2022", DISTRICT_NAMES, figures(nearest(0.1)))),
    "aims-2021-lsip": (
        ALL_PLAN_AREAS,
        lambda: achieved("Achievements", "LSIP", PLAN_AREAS, **by_subject(SUBJECTS, ["14"])),
        lambda: professions("LSIP", PLAN_AREAS, excluded=["14"])),
    "aims-2023-lsip": (
        ALL_PLAN_AREAS,
        lambda: aims("achievementsAims", "SSA", PLAN_AREA, plan_areas("2024-01-01")),
        lambda: long_counts(EMPLOYMENT, "Industry", PLAN_AREA, plan_areas("2024-01-01"),
                            HUNDREDS)),
    "aims-part-year-districts": (
        REGISTERED, part_year, lambda: jobs_of(range(1, 10), "Mar 22", REGIONS)),
    "apprentices-home-districts": (
        ALL_PLAN_AREAS,
        lambda: account(
            table("provision/apprenticeships_provider_home_delivery_lad_202223_202324.csv.gz"),
            "achievements", column("learner_home_lad"), only(year="2023/24"),
            districts_to_plan_areas("lad_name")),
        lambda: long_counts(VACANCIES, MAJOR, PLAN_AREA, plan_areas("2025-07-01"))),
    "apprentices-home-regions": (
        REGISTERED,
        lambda: account(
            table("provision/apprenticeships_provider_region_202223_202324.csv.gz"), "starts",
            column("learner_home_region"), only(year="2022/23"), REGION_NAMES),
        lambda: units("3", "2022", REGION_NAMES)),
    "apprentices-homes-and-places": (
        None,
        lambda: account(table(PAIRS), "starts", column("learner_home_lad")),
        lambda: account(table(PAIRS), "starts", column("delivery_lad"))),
    "apprentices-national": (
        None, national,
        lambda: account(
            vacancies_by_industry(), "value", lambda row: "all",
            only(period=["Aug-Oct 2023", "Aug-Oct 2025"]),
            category=column("section"), categories=own(SECTIONS))),
    "apprentices-standards": (
        REGISTERED, standards,
        lambda: professions("LSIP", PLAN_AREA_REGIONS, PROFESSION_SECTORS)),
    "businesses-lep": (
        None,
        lambda: achieved("Enrolments", "LEP", PARTNERSHIPS, keep={"sex": ["Female", "Male"]}),
        lambda: account(stacked(SIZES, 6, 1), "value",
                        areas=NOMIS_PARTNERSHIPS, figures=FIVES,
                        keep=only(type="lep", category="Total", period="2022"))),
    "commuters-2011": (
        None,
        lambda: account(commuters(), "value", column("origin")),
        lambda: account(commuters(), "value", column("destination"))),
    "deaths-api-columns": (None, lambda: deaths("Male"), lambda: deaths("Female")),
    "employment-2021-lep": (
        None, lambda: achieved("Achievements", "LEP", PARTNERSHIPS),
        lambda: account(occupations_across(), "value", keep=only(type="lep"),
                        areas=NOMIS_PARTNERSHIPS,
                        figures=figures(nearest(100), SURVEYED, point=0),
                        category=lambda row: bool(ALL_PEOPLE.match(row["category"])),
                        categories={True: {"all": 1}})),
    "employment-2024-mca": (
        None, lambda: aims("enrolmentsAims", "Total", AUTHORITY, AUTHORITIES),
        lambda: long_counts(EMPLOYMENT, SUB_MAJOR, AUTHORITY, AUTHORITIES, HUNDREDS)),
    "employment-five-blocks": (
        None,
        lambda: five_years("Further education and skills", ["201718", "202021"], "location",
                           DISTRICT_NAMES),
        lambda: account(
            stacked(OCCUPATIONS, 76, 3), "value", areas=DISTRICT_NAMES,
            figures=figures(nearest(100), SURVEYED, point="lower"), period=column("period"),
            keep=only(type="ladu", period=["Jan 2018-Dec 2018", "Jan 2021-Dec 2021"]))),
    "jobs-2019-lep": (
        None, lambda: achieved("Achievements", "LEP", PARTNERSHIPS, **by_subject(INDUSTRIES)),
        lambda: account(
            sectors_across(2019), "value", keep=only(type="lep"), areas=NOMIS_PARTNERSHIPS,
            category=column("category", "^([A-U]) : "), categories=own(SECTIONS),
            figures=figures(bres))),
    "loans-regions": (
        REGISTERED,
        lambda: account(
            table("provision/adv-learner-loans-applications-202122.csv"), "apps_received",
            column("region_code"),
            lambda row: row["geographic_level"] == "Regional" and row["time_period"] >= "201617",
            own(REGISTERED), figures=TENS),
        lambda: units("2", [str(year) for year in range(2017, 2023)], REGION_NAMES)),
    "loans-subjects": (None, loans_by_subject, lambda: jobs_of([10], ["Dec 14", "Dec 21"])),
    "people-2011-districts": (
        None,
        lambda: account(
            [{"area": row[0], "value": row[1]}
             for row in text_rows("nomis/QS102EW LAD2011.csv")[10:358]], "value", areas=NAMES_2011),
        lambda: account(commuters(), "value", column("destination"), areas=NAMES_2011)),
    "projections-three-districts": (
        [code for share in THREE.values() for code in share],
        lambda: account(
            table("nomis/NM_2006_1_782887f22b2a00a637e8705755f19f11.tsv", "\t"), "OBS_VALUE",
            column("GEOGRAPHY_CODE"),
            lambda row: "2017" <= row["PROJECTED_YEAR_NAME"] <= "2022",
            own(code for share in THREE.values() for code in share)),
        lambda: units("1", [str(year) for year in range(2017, 2023)], THREE)),
    "starts-national": (
        None, national_starts,
        lambda: account(
            all_vacancies(), "value", lambda row: "all",
            only(period=["Aug-Oct 2023", "Aug-Oct 2025"]))),
    "vacancies-2025-mca": (
        None, lambda: aims("achievementsAims", "Total", AUTHORITY, AUTHORITIES),
        lambda: long_counts(VACANCIES, SUB_MAJOR, AUTHORITY, AUTHORITIES)),
}

check_england()
for name, (register, *sides) in (JOBS | SERIES).items():
    provision, demand = (side() for side in sides)
    met = set(provision.pop("targets")) | set(demand.pop("targets"))
    print(json.dumps({"job": name, "areas": len(register or met), "provision": provision,
                      "demand": demand}))
