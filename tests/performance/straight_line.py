"""The article's rules as a programmer would write them by hand: one straight-line, two-valued function.

It is what ``to_python`` is measured against. It gives the same row of values for a person of whom every fact
is known, with the same rounding; it knows nothing of unknowns, units, sources or texts.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def straight_line(facts: Mapping[str, Any]) -> tuple[Any, ...]:
    """Every fact, then whether each recommending rule holds, then the bounds that depend on facts."""
    goal = facts["goal"]
    age = facts["age"]
    sex = facts["sex"]
    healthy = facts["healthy"]
    body_mass = facts["body_mass"]
    energy_intake = facts["energy_intake"]
    energy_expenditure = facts["energy_expenditure"]
    resistance_training = facts["resistance_training"]
    sets_per_muscle = facts["sets_per_muscle"]
    repetitions = facts["repetitions"]
    load = facts["load"]
    rest_between_sets = facts["rest_between_sets"]
    muscle_frequency = facts["muscle_frequency"]
    muscle_rest = facts["muscle_rest"]
    progressive_overload = facts["progressive_overload"]
    compound_exercises = facts["compound_exercises"]
    split = facts["split"]
    active_recovery = facts["active_recovery"]
    protein_intake = facts["protein_intake"]
    protein_meals = facts["protein_meals"]
    protein_on_rest_days = facts["protein_on_rest_days"]
    protein_from_food_is_hard = facts["protein_from_food_is_hard"]
    diet = facts["diet"]
    complex_carbohydrates = facts["complex_carbohydrates"]
    refuels_after_training = facts["refuels_after_training"]
    enough_fat = facts["enough_fat"]
    sleep_duration = facts["sleep_duration"]
    stress = facts["stress"]
    low_testosterone = facts["low_testosterone"]
    uses_creatine = facts["uses_creatine"]
    creatine_dose = facts["creatine_dose"]
    uses_protein_powder = facts["uses_protein_powder"]
    uses_testosterone_booster = facts["uses_testosterone_booster"]

    in_scope = age >= 18.0 and healthy
    in_population = in_scope and resistance_training
    energy_balance = round((energy_intake - energy_expenditure) * 1e9) / 1e9
    protein_per_kg = round((protein_intake / body_mass) * 1e9) / 1e9
    protein_per_meal = round((protein_intake / protein_meals) * 1e9) / 1e9
    sleep_deprived = sleep_duration < 7.0
    growth_stimulus = resistance_training and progressive_overload
    anabolic_hormones_low = sleep_deprived or not enough_fat
    cortisol_high = stress == "chronic"
    recovery_hindered = sleep_deprived or muscle_rest < 48.0
    low_protein = protein_per_kg < 1.6
    growth_hindered = (
        not growth_stimulus
        or energy_balance < 0.0
        or low_protein
        or recovery_hindered
        or anabolic_hormones_low
        or cortisol_high
    )
    basics_in_order = (
        growth_stimulus and protein_per_kg >= 1.6 and energy_balance >= 0.0 and not sleep_deprived
    )

    gain = goal == "muscle_gain"
    advised = gain and in_scope
    training = advised and resistance_training
    population = gain and in_population
    male_and_low = sex == "male" and low_testosterone
    energy_low = energy_high = protein_low = protein_high = None
    if training:
        energy_low = round((energy_expenditure + 250.0) * 1e9) / 1e9
        energy_high = round((energy_expenditure + 500.0) * 1e9) / 1e9
    if population:
        protein_low = round((1.6 * body_mass) * 1e9) / 1e9
        protein_high = round((2.2 * body_mass) * 1e9) / 1e9

    return (
        goal,
        age,
        sex,
        healthy,
        body_mass,
        energy_intake,
        energy_expenditure,
        resistance_training,
        sets_per_muscle,
        repetitions,
        load,
        rest_between_sets,
        muscle_frequency,
        muscle_rest,
        progressive_overload,
        compound_exercises,
        split,
        active_recovery,
        protein_intake,
        protein_meals,
        protein_on_rest_days,
        protein_from_food_is_hard,
        diet,
        complex_carbohydrates,
        refuels_after_training,
        enough_fat,
        sleep_duration,
        stress,
        low_testosterone,
        uses_creatine,
        creatine_dose,
        uses_protein_powder,
        uses_testosterone_booster,
        energy_balance,
        protein_per_kg,
        protein_per_meal,
        in_scope,
        growth_stimulus,
        sleep_deprived,
        cortisol_high,
        in_population,
        anabolic_hormones_low,
        recovery_hindered,
        basics_in_order,
        growth_hindered,
        goal == "other",  # other-goal
        gain and not in_scope,  # out-of-scope
        advised,  # start-resistance-training
        training,  # energy-surplus
        training,  # energy-intake
        advised,  # energy-quality
        population,  # protein-daily
        advised,  # protein-meals
        advised,  # protein-per-meal
        population and (body_mass > 150.0 or body_mass < 36.363636364),  # protein-meal-tension
        training,  # protein-rest-days
        advised,  # protein-sources
        advised,  # carbohydrates-complex
        training,  # carbohydrates-refill
        advised,  # fats-healthy
        advised,  # sleep-duration
        advised and cortisol_high,  # stress-reduction
        training,  # muscle-rest
        training,  # active-recovery
        training,  # weekly-volume
        training,  # repetitions
        training,  # load
        training,  # rest-between-sets
        training,  # frequency
        training,  # progressive-overload
        training,  # compound-exercises
        training and split != "upper_lower" and split != "push_pull_legs",  # split
        training,  # example-week
        advised and growth_hindered,  # what-holds-you-back
        advised and uses_creatine,  # creatine-dose
        advised and not uses_creatine and basics_in_order,  # creatine
        population
        and not uses_protein_powder
        and (protein_from_food_is_hard or low_protein),  # protein-powder
        advised and male_and_low and basics_in_order,  # testosterone-booster-low-testosterone
        advised and uses_testosterone_booster and not male_and_low,  # testosterone-booster-others
        advised and (male_and_low or uses_testosterone_booster),  # natural-testosterone
        advised
        and (uses_creatine or uses_protein_powder or uses_testosterone_booster)
        and not basics_in_order,  # basics-first
        gain,  # patience
        energy_low,
        energy_high,
        protein_low,
        protein_high,
    )
